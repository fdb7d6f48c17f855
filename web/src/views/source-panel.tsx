/** The sources of an answer beside it: the list, or one of them in its document. On a phone it covers the chat. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Source } from "../api/client";
import { useStable } from "../lib/hooks";
import { type Group, grouped } from "../lib/sources";
import { words } from "../state/settings";
import { IconButton } from "./parts";
import { SourcePlace, SourceView } from "./source";
import { nameOf } from "./source-name";

interface Props {
  sources: Source[];
  cited?: number[];
  /** The answer whose sources these are. */
  answer?: string;
  /** 1-based. */
  shown: number | null;
  onShow: (source: number | null) => void;
  onClose: () => void;
}

export function SourcePanel({ sources, cited = [], answer = "", shown, onShow, onClose }: Props) {
  const w = words.value;
  const panel = useRef<HTMLElement>(null);
  const close = useStable(onClose);
  const source = shown === null ? undefined : sources[shown - 1];
  // At once: whoever sees the panel can close it by key, also on a machine that is slow.
  useLayoutEffect(() => {
    // Where it covers the page, the keyboard goes there too.
    if (matchMedia("(max-width: 900px)").matches) panel.current?.focus();
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open], .menu-list")) close();
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, []);
  return (
    <aside class="panel" ref={panel} tabIndex={-1} aria-label={w.chat.sources}>
      <header class="panel-head">
        {source ? (
          <>
            <IconButton icon="menu" size={16} label={w.chat.sources} onClick={() => onShow(null)} />
            <h2>
              {w.source.title} {shown}
            </h2>
            <span class="grow" />
            <IconButton icon="back" label={`${w.source.title} ${shown! - 1}`} disabled={shown! <= 1} onClick={() => onShow(shown! - 1)} />
            <IconButton icon="forward" label={`${w.source.title} ${shown! + 1}`} disabled={shown! >= sources.length} onClick={() => onShow(shown! + 1)} />
          </>
        ) : (
          <>
            <h2>{w.chat.sources}</h2>
            <span class="grow" />
          </>
        )}
        <IconButton icon="close" label={w.close} onClick={onClose} />
      </header>
      {source ? (
        <SourceView source={source} citedBy={answer && shown !== null ? { answer, number: shown } : undefined} />
      ) : (
        <SourceList sources={sources} cited={cited} onShow={onShow} />
      )}
    </aside>
  );
}

/** All of them: what is cited first, each document once. */
function SourceList({ sources, cited, onShow }: { sources: Source[]; cited: number[]; onShow: (source: number) => void }) {
  const w = words.value;
  const groups = grouped(sources, cited);
  return (
    <div class="source-list">
      {groups.cited.map((group) => (
        <SourceGroup key={group.document} group={group} tag={w.chat.cited} onShow={onShow} />
      ))}
      {groups.rest.map((group) => (
        <SourceGroup key={group.document} group={group} onShow={onShow} />
      ))}
    </div>
  );
}

function SourceGroup({ group, tag, onShow }: { group: Group; tag?: string; onShow: (source: number) => void }) {
  return (
    <section aria-label={nameOf(group)}>
      <h3>
        {nameOf(group)}
        {tag && <span class="tag">{tag}</span>}
      </h3>
      <ol>
        {group.sources.map(({ number, source }) => (
          <li key={source.id}>
            <button type="button" onClick={() => onShow(number)}>
              <span class="chip-number">{number}</span>
              <SourcePlace source={source} />
              <span class="snippet">{source.content.slice(0, 220)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
