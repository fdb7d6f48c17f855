/** Files on their way: how far they are together, then one by one, what is being sent first. */

import * as format from "../lib/format";
import * as documents from "../state/documents";
import { language, words } from "../state/settings";
import * as uploads from "../state/uploads";
import { Bar, Button } from "./parts";

/** Lines of one glance; a folder of thousands is summed up. */
const LINES = 8;

export function UploadList({ project }: { project: number }) {
  const w = words.value.documents;
  const list = uploads.uploads.value.filter((one) => one.project === project);
  if (list.length === 0 && documents.openCount.value === 0) return null;
  const order = { sending: 0, failed: 1, duplicate: 2, waiting: 3 };
  const lines = [...list].sort((a, b) => order[a.state] - order[b.state]).slice(0, LINES);
  return (
    <section class="uploads" aria-label={w.uploads}>
      <Overview />
      <ul>
        {lines.map((one) => (
          <li key={one.key}>
            <span class="upload-name">{one.path}</span>
            {one.state === "sending" && <Bar share={one.share} label={w.progress(one.path)} />}
            {one.state === "waiting" && <span class="muted small">{w.waiting}</span>}
            {one.state === "duplicate" && <span class="muted small">{w.duplicate}</span>}
            {one.state === "failed" && <span class="small failed">{one.error}</span>}
            {one.state === "failed" && one.mayRetry && (
              <Button look="quiet" icon="turn" onClick={() => uploads.again(one.key)}>
                {words.value.retry}
              </Button>
            )}
            <Button look="quiet" onClick={() => uploads.drop(one.key)}>
              {one.state === "sending" || one.state === "waiting" ? words.value.cancel : w.clear}
            </Button>
          </li>
        ))}
      </ul>
      {list.length > LINES && <p class="muted small">{w.tooMany(list.length - LINES)}</p>}
    </section>
  );
}

/** All files together, and how many documents are still to be read. */
function Overview() {
  const w = words.value.documents;
  const all = uploads.overview.value;
  const size = (count: number) => format.bytes(count, language.value);
  const open = documents.openCount.value;
  return (
    <div class="upload-overview" role="status">
      <p>
        {all ? w.sent(all.files, all.allFiles) : w.uploads}
        {all && <span class="muted small">{w.sentBytes(size(all.bytes), size(all.allBytes))}</span>}
        {open > 0 && <span class="muted small">{w.stillRead(open)}</span>}
      </p>
      {all && <Bar share={all.allBytes === 0 ? 0 : all.bytes / all.allBytes} label={w.sent(all.files, all.allFiles)} />}
    </div>
  );
}
