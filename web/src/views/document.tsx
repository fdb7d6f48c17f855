/** One document: its facts, how it looks, the text as it was read, and its versions. */

import { useEffect, useState } from "preact/hooks";
import { type Document, api } from "../api/client";
import * as format from "../lib/format";
import { type Look, lookOf } from "../lib/kinds";
import * as documents from "../state/documents";
import { projects } from "../state/projects";
import { go } from "../state/router";
import { language, words } from "../state/settings";
import * as uploads from "../state/uploads";
import { DocumentText } from "./document-text";
import { Progress } from "./documents";
import { Icon } from "./icons";
import { Ago, Button, Confirm, Empty, Heading, Link, Spinner } from "./parts";
import { PdfPages } from "./pdf-page";
import { Picture } from "./picture";
import { Versions } from "./versions";

const TABS = ["original", "text", "versions"] as const;
type Tab = (typeof TABS)[number];

export function DocumentPage({ project, document: id }: { project: number; document: number }) {
  const w = words.value.documents;
  const row = documents.documents.value.find((one) => one.id === id);
  const [fetched, setFetched] = useState<Document | null | undefined>(undefined);
  const [chosen, setTab] = useState<Tab>("original");
  const [deleting, setDeleting] = useState(false);
  useEffect(() => {
    setFetched(undefined);
    setTab("original");
    const params = { path: { id } };
    void api.GET("/api/documents/{id}", { params }).then(
      ({ data }) => setFetched(data ?? null),
      () => setFetched(null),
    );
  }, [id]);
  const document = row ?? fetched;
  if (document === undefined) return <Spinner />;
  if (document === null) {
    return (
      <section class="view">
        <Empty icon="document" title={w.gone}>
          <Link class="button" to={{ view: "documents", project }}>
            {words.value.back}
          </Link>
        </Empty>
      </section>
    );
  }
  const mayEdit = projects.value?.find((one) => one.id === project)?.role !== "viewer";
  const open = documents.isOpen(document.status);
  const look = lookOf(document.file_type);
  const tab = chosen === "original" && look === "plain" ? "text" : chosen;
  const key = `${id}/${document.generation}/${document.status}`;
  return (
    <section class="view document-view">
      <Heading
        aside={
          <>
            <a class="button" href={`/api/documents/${id}/download`} download>
              <Icon name="download" size={16} />
              {w.download}
            </a>
            {mayEdit && <NewVersion document={document} />}
            {mayEdit && !open && (
              <Button icon="turn" onClick={() => void documents.retry([id])}>
                {w.retry}
              </Button>
            )}
            {mayEdit && open && (
              <Button icon="stop" onClick={() => void documents.cancel(id)}>
                {w.stop}
              </Button>
            )}
            {mayEdit && (
              <Button icon="trash" look="danger" onClick={() => setDeleting(true)}>
                {words.value.delete}
              </Button>
            )}
          </>
        }
      >
        <Link class="crumb" to={{ view: "documents", project }}>
          {w.title}
        </Link>
        <span class="crumb-name">{document.filename}</span>
      </Heading>
      <div class="document-facts">
        <Progress row={document} mayEdit={mayEdit} />
      </div>
      <Facts document={document} />
      {document.warnings.length > 0 && (
        <ul class="note">
          {document.warnings.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      <div class="tabs" role="tablist">
        {TABS.filter((one) => one !== "original" || look !== "plain").map((one) => (
          <button key={one} type="button" role="tab" aria-selected={tab === one} onClick={() => setTab(one)}>
            {w[one]}
          </button>
        ))}
      </div>
      {tab === "original" && <Original key={key} document={document} look={look} onFailed={() => setTab("text")} />}
      {tab === "text" && <DocumentText key={key} document={document} fileType="" />}
      {tab === "versions" && <Versions document={document} mayEdit={mayEdit} />}
      {deleting && (
        <Confirm
          title={w.deleteTitle(1)}
          text={w.deleteText}
          action={words.value.delete}
          onClose={() => setDeleting(false)}
          onConfirm={() => void documents.erase([id]).then(() => go({ view: "documents", project }))}
        />
      )}
    </section>
  );
}

/** Pages and pictures as they were uploaded; what has no page of its own, formatted from its text. */
function Original({ document, look, onFailed }: { document: Document; look: Look; onFailed: () => void }) {
  const { id, generation } = document;
  const reading = documents.isOpen(document.status);
  if (look === "pdf") return <PdfPages document={id} generation={generation} page={1} reading={reading} onFailed={onFailed} />;
  if (look === "picture") return <Picture document={id} generation={generation} name={document.filename} onFailed={onFailed} />;
  return <DocumentText document={document} fileType={document.file_type} />;
}

function Facts({ document }: { document: Document }) {
  const w = words.value.documents;
  const whole = (count: number) => format.whole(count, language.value);
  const facts: { name: string; value: preact.ComponentChildren }[] = [
    { name: w.size, value: format.bytes(document.file_size, language.value) },
    { name: w.pages, value: document.page_count ? whole(document.page_count) : "–" },
    { name: w.passages, value: whole(document.chunk_count) },
    { name: words.value.settings.words, value: whole(document.word_count) },
    { name: w.uploaded, value: <Ago moment={document.created_at} /> },
    { name: w.versionLabel, value: whole(document.generation) },
  ];
  return (
    <dl class="facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same path again is a new version of the document. */
function NewVersion({ document }: { document: Document }) {
  const w = words.value.documents;
  const choose = (event: preact.JSX.TargetedEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (file) uploads.add(document.project_id, [{ file, path: document.path }]);
    input.value = "";
  };
  return (
    <label class="button file-button">
      <Icon name="upload" size={16} />
      {w.newVersion}
      <input type="file" class="unseen" onChange={choose} />
    </label>
  );
}
