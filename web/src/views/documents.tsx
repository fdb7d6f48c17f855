/** The documents of a project: uploading, how far each is, and what can be done with it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Chosen, chosen, dropped } from "../lib/files";
import * as format from "../lib/format";
import { mayHelpAgain } from "../lib/problems";
import * as documents from "../state/documents";
import type { Row } from "../state/documents";
import { told } from "../state/notices";
import { projects } from "../state/projects";
import { language, words } from "../state/settings";
import * as uploads from "../state/uploads";
import { Icon } from "./icons";
import { UploadList } from "./upload-list";
import { Ago, Bar, Button, type Choice, Confirm, Empty, Heading, Link, Menu, Spinner } from "./parts";

const STATES = ["pending", "processing", "completed", "failed", "cancelled"];

export function Documents({ project }: { project: number }) {
  const w = words.value.documents;
  const rows = documents.documents.value;
  const role = projects.value?.find((one) => one.id === project)?.role ?? "viewer";
  const mayEdit = role !== "viewer";
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [deleting, setDeleting] = useState<number[]>([]);
  const filtered = documents.statusFilter.value !== "" || documents.nameFilter.value !== "";
  const there = new Set(rows.map((row) => row.id));
  const marked = [...selected].filter((id) => there.has(id));
  const open = rows.filter((row) => selected.has(row.id) && documents.isOpen(row.status)).map((row) => row.id);
  return (
    <DropArea enabled={mayEdit} onFiles={(files) => uploads.add(project, files)}>
      <Heading aside={mayEdit && <Choosers onFiles={(files) => uploads.add(project, files)} />}>{w.title}</Heading>
      <UploadList project={project} />
      {!documents.loaded.value && <Spinner />}
      {documents.loaded.value && rows.length === 0 && !filtered && <NoDocuments mayEdit={mayEdit} />}
      {(rows.length > 0 || filtered) && (
        <>
          <Filters />
          {marked.length > 0 && (
            <div class="selection" role="status">
              {w.selected(marked.length)}
              <Button icon="turn" onClick={() => void documents.retry(marked)}>
                {w.retry}
              </Button>
              {open.length > 0 && (
                <Button icon="stop" onClick={() => open.forEach((id) => void documents.cancel(id))}>
                  {w.stop}
                </Button>
              )}
              <Button icon="trash" look="danger" onClick={() => setDeleting(marked)}>
                {words.value.delete}
              </Button>
            </div>
          )}
          {rows.length === 0 ? (
            <p class="hint">{w.none}</p>
          ) : (
            <Table rows={rows} mayEdit={mayEdit} selected={selected} onSelect={setSelected} onDelete={(id) => setDeleting([id])} />
          )}
          {rows.length < documents.total.value && <Button onClick={documents.more}>{words.value.more}</Button>}
        </>
      )}
      {deleting.length > 0 && (
        <Confirm
          title={w.deleteTitle(deleting.length)}
          text={w.deleteText}
          action={words.value.delete}
          onClose={() => setDeleting([])}
          onConfirm={() => void documents.erase(deleting)}
        />
      )}
    </DropArea>
  );
}

interface TableProps {
  rows: Row[];
  mayEdit: boolean;
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
  onDelete: (id: number) => void;
}

function Table({ rows, mayEdit, selected, onSelect, onDelete }: TableProps) {
  const w = words.value.documents;
  const isAll = rows.every((row) => selected.has(row.id));
  const toggle = (id: number) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  return (
    <div class="documents" role="table" aria-label={w.title}>
      <div role="row" class="document-head">
        <span role="columnheader">
          {mayEdit && (
            <input
              type="checkbox"
              aria-label={w.selectAll}
              checked={isAll}
              onChange={() => onSelect(new Set(isAll ? [] : rows.map((row) => row.id)))}
            />
          )}
        </span>
        <span role="columnheader">{w.name}</span>
        <span role="columnheader">{w.state}</span>
        <span role="columnheader" class="wide">{w.size}</span>
        <span role="columnheader" class="wide">{w.uploaded}</span>
        <span role="columnheader">
          <span class="unseen">{words.value.actions}</span>
        </span>
      </div>
      {rows.map((row) => (
        <DocumentRow
          key={row.id}
          row={row}
          mayEdit={mayEdit}
          isSelected={selected.has(row.id)}
          onSelect={() => toggle(row.id)}
          onDelete={() => onDelete(row.id)}
        />
      ))}
    </div>
  );
}

function NoDocuments({ mayEdit }: { mayEdit: boolean }) {
  const w = words.value.documents;
  return (
    <Empty icon={mayEdit ? "upload" : "document"} title={mayEdit ? w.drop : w.empty}>
      <p>{mayEdit ? w.emptyText : w.emptyViewer}</p>
      {mayEdit && <p class="hint">{w.dropHint}</p>}
    </Empty>
  );
}

function Filters() {
  const w = words.value.documents;
  const [name, setName] = useState(documents.nameFilter.value);
  const status = documents.statusFilter.value;
  useEffect(() => {
    if (name === documents.nameFilter.value) return;
    const soon = setTimeout(() => documents.filter(documents.statusFilter.value, name), 200);
    return () => clearTimeout(soon);
  }, [name]);
  return (
    <div class="filters">
      <input type="search" aria-label={w.filter} placeholder={w.filter} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      <select aria-label={w.state} value={status} onChange={(event) => documents.filter(event.currentTarget.value, name)}>
        <option value="">{w.all}</option>
        {STATES.map((one) => (
          <option key={one} value={one}>
            {w.status[one]}
          </option>
        ))}
      </select>
      <span class="muted">{w.count(documents.total.value)}</span>
    </div>
  );
}

interface RowProps {
  row: Row;
  mayEdit: boolean;
  isSelected: boolean;
  onSelect: () => void;
  onDelete: () => void;
}

function DocumentRow({ row, mayEdit, isSelected, onSelect, onDelete }: RowProps) {
  const w = words.value.documents;
  const open = documents.isOpen(row.status);
  const folder = row.path.includes("/") ? row.path.slice(0, row.path.lastIndexOf("/")) : "";
  const choices: Choice[] = [{ label: w.download, icon: "download", href: `/api/documents/${row.id}/download` }];
  if (mayEdit && open) choices.push({ label: w.stop, icon: "stop", onChoose: () => void documents.cancel(row.id) });
  if (mayEdit && !open) choices.push({ label: w.retry, icon: "turn", onChoose: () => void documents.retry([row.id]) });
  if (mayEdit) choices.push({ label: words.value.delete, icon: "trash", danger: true, onChoose: onDelete });
  return (
    <div role="row" class={`document ${row.status}`} data-document={row.id}>
      <span role="cell">
        {mayEdit && <input type="checkbox" aria-label={w.select(row.filename)} checked={isSelected} onChange={onSelect} />}
      </span>
      <span role="cell" class="document-name">
        <span class="file-type" aria-hidden="true">
          {row.file_type}
        </span>
        <span class="document-title">
          <Link to={{ view: "document", project: row.project_id, document: row.id }}>{row.filename}</Link>
          <span class="muted small">
            {[
              folder,
              row.generation > 1 ? w.version(row.generation) : "",
              row.page_count && row.page_count > 1 ? w.pageCount(row.page_count) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
      </span>
      <span role="cell" class="document-state">
        <Progress row={row} mayEdit={mayEdit} />
      </span>
      <span role="cell" class="wide muted">
        {format.bytes(row.file_size, language.value)}
      </span>
      <span role="cell" class="wide muted">
        <Ago moment={row.created_at} />
      </span>
      <span role="cell">
        <Menu label={`${words.value.actions}: ${row.filename}`} choices={choices} />
      </span>
    </div>
  );
}

/** Stage, counts, attempt and place in the queue, as the socket tells them. */
export function Progress({ row, mayEdit }: { row: Row; mayEdit: boolean }) {
  const w = words.value.documents;
  if (!documents.isOpen(row.status)) {
    return (
      <>
        <span class={`badge ${row.status}`}>{w.status[row.status]}</span>
        {row.warnings.length > 0 && (
          <span class="badge warning" title={row.warnings.join("\n")}>
            <Icon name="warning" size={13} /> {w.warnings(row.warnings.length)}
          </span>
        )}
        {row.status === "failed" && <span class="small failed">{reason(row)}</span>}
        {(row.status === "failed" || row.status === "cancelled") && mayEdit && mayHelpAgain(row.error_code) && (
          <Button icon="turn" look="quiet" onClick={() => void documents.retry([row.id])}>
            {w.retry}
          </Button>
        )}
      </>
    );
  }
  const { live } = row;
  const facts = [
    documents.places.value.has(row.id) ? w.queue(documents.places.value.get(row.id)!) : null,
    row.status === "pending" && live?.waiting_since ? w.waitingSince(time(live.waiting_since)) : null,
    live?.stage === "extracting" && live.pages_total ? w.pagesDone(live.pages_done ?? 0, live.pages_total) : null,
    (live?.stage === "embedding" || live?.stage === "indexing") && live.chunks_total
      ? w.chunksDone(live.chunks_done ?? 0, live.chunks_total)
      : null,
    live?.searchable_pages && live.searchable_pages > 1 ? w.findable(live.searchable_pages, live.embedded_pages ?? 0) : null,
    live && live.attempt > 1 ? w.attempt(live.attempt, live.max_attempts) : null,
  ];
  return (
    <>
      <span class="stage">{row.status === "pending" ? w.status.pending : (w.stage[row.stage] ?? row.stage)}</span>
      <Bar share={row.progress / 100} label={w.progress(row.filename)} />
      <span class="small muted">{facts.filter(Boolean).join(" · ")}</span>
      {row.generation > 1 && <span class="small muted">{w.versionHint}</span>}
    </>
  );
}

const reason = (row: Row) => told({ code: row.error_code ?? "", message: row.error_message ?? "" });

const time = (moment: string) => new Date(moment).toLocaleTimeString(language.value, { timeStyle: "short" });

/** The whole view takes drops. */
function DropArea({ enabled, onFiles, children }: { enabled: boolean; onFiles: (files: Chosen[]) => void; children: preact.ComponentChildren }) {
  const [over, setOver] = useState(false);
  const isFiles = (event: DragEvent) => enabled && event.dataTransfer?.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are chosen by the buttons too
    <section
      class={over ? "view documents-view dropping" : "view documents-view"}
      onDragOver={(event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as globalThis.Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void dropped(event.dataTransfer!).then(onFiles);
      }}
    >
      {children}
      {over && (
        <div class="drop-veil" aria-hidden="true">
          <Icon name="upload" size={40} />
          {words.value.documents.dropNow}
        </div>
      )}
    </section>
  );
}

function Choosers({ onFiles }: { onFiles: (files: Chosen[]) => void }) {
  const w = words.value.documents;
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    if (input.files) onFiles(chosen(input.files));
    input.value = "";
  };
  useEffect(() => folder.current?.setAttribute("webkitdirectory", ""), []);
  return (
    <>
      <input ref={files} type="file" multiple hidden data-testid="files" onChange={(event) => take(event.currentTarget)} />
      <input ref={folder} type="file" multiple hidden data-testid="folder" onChange={(event) => take(event.currentTarget)} />
      <Button icon="folder" onClick={() => folder.current?.click()}>
        {w.folder}
      </Button>
      <Button icon="upload" look="main" onClick={() => files.current?.click()}>
        {w.files}
      </Button>
    </>
  );
}
