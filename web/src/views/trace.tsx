/** How sources were found: every passage that was looked at, and what became of it. */

import { useEffect, useState } from "preact/hooks";
import { type Trace, api, ok } from "../api/client";
import * as format from "../lib/format";
import type { Entry } from "../lib/turns";
import * as documents from "../state/documents";
import { meaning } from "../state/notices";
import { language, words } from "../state/settings";
import { Spinner } from "./parts";

type Hit = Trace["hits"][number];

/** What is known of passages by their id: a name and the beginning of the text. */
export type Known = ReadonlyMap<string, { name: string; text: string }>;

export function TraceTable({ trace, known, onOpen }: { trace: Trace; known: Known; onOpen?: (id: string) => void }) {
  const w = words.value.search;
  const time = (ms: number) => format.duration(ms, language.value);
  const { timings } = trace;
  return (
    <div class="trace">
      <p class="hint">
        {w.looked(trace.hits.length, trace.rounds)} · {w.timings.embed} {time(timings.embed_ms)} · {w.timings.search}{" "}
        {time(timings.search_ms)} · {w.timings.check} {time(timings.check_ms)}
      </p>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={w.trace}>
        <table>
          <thead>
            <tr>
              <th>{w.passage}</th>
              <th class="right">{w.dense}</th>
              <th class="right">{w.sparse}</th>
              <th class="right">{w.fused}</th>
              <th>{w.fate}</th>
            </tr>
          </thead>
          <tbody>
            {trace.hits.map((hit) => (
              <HitRow key={hit.id} hit={hit} known={known} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function HitRow({ hit, known, onOpen }: { hit: Hit; known: Known; onOpen?: ((id: string) => void) | undefined }) {
  const w = words.value.search;
  const about = known.get(hit.id);
  const document = documents.documents.value.find((one) => one.id === hit.document_id);
  const name = `${about?.name ?? document?.filename ?? hit.document_id} #${hit.chunk_index}`;
  return (
    <tr class={hit.kept ? "kept" : "dropped"}>
      <td title={about?.text}>
        {onOpen && hit.kept ? (
          <button type="button" class="link" onClick={() => onOpen(hit.id)}>
            {name}
          </button>
        ) : (
          name
        )}
      </td>
      <PlaceCell place={hit.dense} />
      <PlaceCell place={hit.sparse} />
      <td class="right">{hit.fused == null ? "–" : hit.fused.toFixed(3)}</td>
      <td>{hit.kept ? w.kept(hit.kept) : (w.dropped[hit.dropped ?? ""] ?? hit.dropped)}</td>
    </tr>
  );
}

function PlaceCell({ place }: { place: Hit["dense"] }) {
  return (
    <td class="right">
      {place ? (
        <>
          {place.score.toFixed(3)} <span class="rank">{words.value.search.rank(place.rank)}</span>
        </>
      ) : (
        "–"
      )}
    </td>
  );
}

/** The account that was stored with an answer. */
export function AnswerTrace({ chat, entry }: { chat: number; entry: Entry }) {
  const [trace, setTrace] = useState<Trace | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    const params = { path: { id: chat, message_id: entry.id } };
    ok(api.GET("/api/chats/{id}/messages/{message_id}/trace", { params })).then(
      (found) => setTrace(readStored(found)),
      (problem) => setError(meaning(problem)),
    );
  }, [chat, entry.id]);
  if (error) return <p class="note">{error}</p>;
  if (!trace) return <Spinner />;
  const known = new Map(entry.sources.map((one) => [one.id, { name: one.metadata.filename, text: one.content }]));
  return (
    <>
      <p>{words.value.search.traceText}</p>
      <TraceTable trace={trace} known={known} />
    </>
  );
}

/** What is stored is not described by the interface: what is missing counts as nothing. */
function readStored(found: unknown): Trace {
  const outer = (found ?? {}) as { retrieval?: unknown; search?: unknown };
  const account = (outer.retrieval ?? outer.search ?? outer) as Partial<Trace>;
  return {
    hits: account.hits ?? [],
    rounds: account.rounds ?? 0,
    limit: account.limit ?? 0,
    timings: { embed_ms: 0, search_ms: 0, check_ms: 0, total_ms: 0, ...account.timings },
  };
}
