/** The sources under an answer: the cited ones by document, the others folded away. */

import type { Entry } from "../lib/turns";
import { citedNumbers } from "../lib/cited";
import { type Group, grouped } from "../lib/sources";
import { words } from "../state/settings";
import { nameOf } from "./source-name";

interface Props {
  entry: Entry;
  /** 1-based number of the source that is open. */
  shown: number | null;
  onShow: (source: number) => void;
}

export function SourceChips({ entry, shown, onShow }: Props) {
  if (entry.sources.length === 0) return null;
  const w = words.value.chat;
  // While it is being written, its own markers say what is cited.
  const cited = entry.cited.length > 0 ? entry.cited : citedNumbers(entry.content, entry.sources.length);
  const groups = grouped(entry.sources, cited);
  return (
    <div class="answer-sources">
      {groups.cited.length > 0 && <Groups label={w.sources} groups={groups.cited} look="cited" shown={shown} onShow={onShow} />}
      {groups.restCount > 0 && (
        <details class="rest">
          <summary>{groups.cited.length > 0 ? w.uncited(groups.restCount) : w.noneCited(groups.restCount)}</summary>
          <Groups label={w.uncited(groups.restCount)} groups={groups.rest} look="" shown={shown} onShow={onShow} />
        </details>
      )}
    </div>
  );
}

interface GroupsProps {
  label: string;
  groups: Group[];
  look: string;
  shown: number | null;
  onShow: (source: number) => void;
}

function Groups({ label, groups, look, shown, onShow }: GroupsProps) {
  const w = words.value;
  return (
    <ul class="chips" aria-label={label}>
      {groups.map((group) => (
        <li key={group.document} class="chip-group">
          <span class="chip-name" title={nameOf(group)}>
            {nameOf(group)}
          </span>
          {group.sources.map(({ number, source: { metadata } }) => (
            <button
              key={number}
              type="button"
              class={`chip ${look}`}
              // What is read aloud begins with what is seen.
              aria-label={`${[number, metadata.page ? w.source.page(metadata.page) : ""].join(" ").trim()}: ${w.chat.cite(number, nameOf(metadata))}`}
              aria-pressed={shown === number}
              onClick={() => onShow(number)}
            >
              <span class="chip-number">{number}</span>{" "}
              {metadata.page && <span class="chip-page">{w.source.page(metadata.page)}</span>}
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}
