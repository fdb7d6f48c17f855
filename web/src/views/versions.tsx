/** The versions of a document: which one answers come from, and the older ones that are kept. */

import { useEffect, useState } from "preact/hooks";
import { type Document, type Schemas, api, ok } from "../api/client";
import * as format from "../lib/format";
import * as documents from "../state/documents";
import { tell, trying } from "../state/notices";
import { language, words } from "../state/settings";
import { Changes } from "./changes";
import { Icon } from "./icons";
import { Ago, Button, Spinner } from "./parts";

type Version = Schemas["DocumentVersion"];

export function Versions({ document, mayEdit }: { document: Document; mayEdit: boolean }) {
  const w = words.value.documents;
  const [list, setList] = useState<Version[] | null>(null);
  useEffect(() => {
    const params = { path: { id: document.id } };
    void trying(ok(api.GET("/api/documents/{id}/versions", { params })).then(setList));
  }, [document.id, document.generation, document.status]);
  const restore = async (version: number) => {
    const path = { id: document.id, version };
    const done = await trying(ok(api.POST("/api/documents/{id}/versions/{version}/restore", { params: { path } })));
    if (!done) return;
    documents.put(done);
    tell("done", w.restored(version));
  };
  if (!list) return <Spinner />;
  return (
    <>
      <p class="hint">{w.versionsText}</p>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={w.versions}>
        <table class="versions">
          <thead>
            <tr>
              <th>{w.versionLabel}</th>
              <th>{w.state}</th>
              <th class="right">{w.size}</th>
              <th class="right">{w.passages}</th>
              <th>{w.uploaded}</th>
              <th>
                <span class="unseen">{words.value.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((one, at) => (
              <Row
                key={one.version}
                document={document}
                version={one}
                isComparable={canBeCompared(one, list.slice(at + 1))}
                {...(mayEdit && one.sha256 !== document.sha256 ? { onRestore: () => void restore(one.version) } : {})}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Whether both this one and one before it were read, and say something else. */
function canBeCompared(version: Version, older: Version[]) {
  return version.processed_at !== null && older.some((one) => one.processed_at !== null && one.sha256 !== version.sha256);
}

interface RowProps {
  document: Document;
  version: Version;
  isComparable: boolean;
  onRestore?: () => void;
}

function Row({ document, version, isComparable, onRestore }: RowProps) {
  const w = words.value.documents;
  const [isOpen, setOpen] = useState(false);
  const isNewest = version.version === document.generation;
  return (
    <>
      <tr data-version={version.version}>
        <td>
          <strong>{version.version}</strong> {isNewest && <span class="tag">{w.newest}</span>}
          {version.filename !== document.filename && (
            <>
              <br />
              <span class="muted small">{version.filename}</span>
            </>
          )}
        </td>
        <td>
          <span class={`badge ${BADGES[version.state] ?? ""}`}>{w.versionState[version.state] ?? version.state}</span>
        </td>
        <td class="right">{format.bytes(version.file_size, language.value)}</td>
        <td class="right">{version.chunk_count > 0 ? format.whole(version.chunk_count, language.value) : "–"}</td>
        <td>
          <Ago moment={version.created_at} />
          <br />
          <code class="muted small" title={version.sha256}>
            {version.sha256.slice(0, 12)}
          </code>
        </td>
        <td class="version-actions">
          <a class="button quiet" href={`/api/documents/${document.id}/versions/${version.version}/download`} download>
            <Icon name="download" size={16} />
            {w.download}
          </a>
          {isComparable && (
            <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {w.changes}
            </Button>
          )}
          {onRestore && (
            <Button look="quiet" icon="turn" onClick={onRestore}>
              {w.restore}
            </Button>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6}>
            <Changes document={document.id} version={version.version} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Colours of states, as documents have them. */
const BADGES: Record<string, string> = { live: "completed", reading: "processing", replaced: "cancelled", unread: "failed" };
