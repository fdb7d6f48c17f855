/** What changed from the version before to this one, statement by statement. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import { trying } from "../state/notices";
import { words } from "../state/settings";
import { Button, Spinner } from "./parts";

type Found = Schemas["VersionChanges"];
type Change = Schemas["VersionChange"];

/** Changes that are fetched at a time. */
const STEP = 50;

export function Changes({ document, version }: { document: number; version: number }) {
  const w = words.value.documents;
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    void fetched(document, version, 0).then((first) => first && setFound(first));
  }, [document, version]);
  const more = async (before: Found) => {
    const next = await fetched(document, version, before.changes.length);
    if (next) setFound({ ...next, changes: [...before.changes, ...next.changes] });
  };
  if (!found) return <Spinner />;
  const total = found.changed + found.added + found.removed;
  const sections = [...found.sections_added, ...found.sections_removed].length;
  if (total + sections === 0) return <p class="hint">{w.noChanges(found.since)}</p>;
  return (
    <div class="changes">
      <p class="hint">{w.changesSince(found.since, found.changed, found.added, found.removed)}</p>
      {found.sections_added.length > 0 && <p>{w.sectionsAdded(found.sections_added.join(", "))}</p>}
      {found.sections_removed.length > 0 && <p>{w.sectionsRemoved(found.sections_removed.join(", "))}</p>}
      <ul>
        {found.changes.map((change, at) => (
          <Line key={keyOf(change)} change={change} isFirst={change.heading !== found.changes[at - 1]?.heading} />
        ))}
      </ul>
      {found.changes.length < total && (
        <Button look="quiet" onClick={() => void more(found)}>
          {w.moreChanges(total - found.changes.length)}
        </Button>
      )}
    </div>
  );
}

function fetched(document: number, version: number, skip: number) {
  const params = { path: { id: document, version }, query: { skip, limit: STEP } };
  return trying(ok(api.GET("/api/documents/{id}/versions/{version}/changes", { params })));
}

/** The heading stands above the first change of its section. */
function Line({ change, isFirst }: { change: Change; isFirst: boolean }) {
  return (
    <li>
      {isFirst && change.heading && <span class="muted small">{change.heading}</span>}
      {change.before && (
        <div>
          <del>{change.before.text}</del>
        </div>
      )}
      {change.after && (
        <div>
          <ins>{change.after.text}</ins>
        </div>
      )}
    </li>
  );
}

/** The statement in its section: no two changes have the same. */
function keyOf(change: Change) {
  return [change.heading, change.before?.text, change.after?.text, change.before?.source.id, change.after?.source.id].join("\n");
}
