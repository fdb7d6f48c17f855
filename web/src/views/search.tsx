/** Search without an answer: the passages themselves, and how they were found. */

import { useEffect, useState } from "preact/hooks";
import { type SearchResults, type Source, api, ok } from "../api/client";
import * as format from "../lib/format";
import { meaning } from "../state/notices";
import { language, words } from "../state/settings";
import { Icon } from "./icons";
import { Button, Empty, Heading, Spinner } from "./parts";
import { SourceFacts } from "./source";
import { SourcePanel } from "./source-panel";
import { TraceTable } from "./trace";

const MODES = ["hybrid", "dense", "sparse"];

type State = { is: "idle" } | { is: "busy" } | { is: "failed"; why: string } | { is: "found"; results: SearchResults };

export function Search({ project }: { project: number }) {
  const w = words.value.search;
  const [query, setQuery] = useState("");
  const [mode, setMode] = useState("hybrid");
  const [topK, setTopK] = useState(10);
  const [state, setState] = useState<State>({ is: "idle" });
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    setState({ is: "idle" });
    setShown(null);
  }, [project]);
  const search = (event: Event) => {
    event.preventDefault();
    if (!query.trim()) return;
    setShown(null);
    setState({ is: "busy" });
    const params = { path: { id: project }, query: { trace: true } };
    ok(api.POST("/api/projects/{id}/search", { params, body: { query, mode, top_k: topK } })).then(
      (results) => setState({ is: "found", results }),
      (error) => setState({ is: "failed", why: meaning(error) }),
    );
  };
  const found = state.is === "found" ? state.results.results : [];
  return (
    <section class={shown === null ? "view search-view" : "view search-view with-panel"}>
      <Heading>{w.title}</Heading>
      <form class="search-form" role="search" onSubmit={search}>
        <input
          type="search"
          aria-label={w.placeholder}
          placeholder={w.placeholder}
          value={query}
          maxLength={30000}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <select aria-label={w.mode} value={mode} onChange={(event) => setMode(event.currentTarget.value)}>
          {MODES.map((one) => (
            <option key={one} value={one}>
              {w.modes[one]}
            </option>
          ))}
        </select>
        <select aria-label={w.topK} value={topK} onChange={(event) => setTopK(Number(event.currentTarget.value))}>
          {[5, 10, 20, 50].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <Button look="main" icon="search" type="submit" disabled={state.is === "busy"}>
          {w.submit}
        </Button>
      </form>
      {state.is === "idle" && (
        <Empty icon="search" title={w.title}>
          <p>{w.start}</p>
        </Empty>
      )}
      {state.is === "busy" && <Spinner />}
      {state.is === "failed" && (
        <p class="note failed" role="alert">
          <Icon name="warning" size={15} /> {state.why}
        </p>
      )}
      {state.is === "found" && <Found results={state.results} onOpen={setShown} />}
      {shown !== null && <SourcePanel sources={found} shown={shown} onShow={setShown} onClose={() => setShown(null)} />}
    </section>
  );
}

function Found({ results, onOpen }: { results: SearchResults; onOpen: (number: number) => void }) {
  const w = words.value.search;
  const { results: sources, trace } = results;
  const known = new Map(sources.map((one) => [one.id, { name: one.metadata.filename, text: one.content }]));
  return (
    <>
      <p class="hint" role="status">
        {sources.length === 0 ? w.none : w.results(sources.length, format.duration(results.latency_ms, language.value))}
      </p>
      <ol class="results">
        {sources.map((source, n) => (
          <Result key={source.id} source={source} number={n + 1} onOpen={() => onOpen(n + 1)} />
        ))}
      </ol>
      {trace && trace.hits.length > 0 && (
        <details class="trace-box">
          <summary>{w.trace}</summary>
          <p>{w.traceText}</p>
          <TraceTable trace={trace} known={known} onOpen={(id) => onOpen(sources.findIndex((one) => one.id === id) + 1)} />
        </details>
      )}
    </>
  );
}

function Result({ source, number, onOpen }: { source: Source; number: number; onOpen: () => void }) {
  return (
    <li>
      <button type="button" class="result" onClick={onOpen}>
        <span class="chip-number">{number}</span>
        <SourceFacts source={source} project={null} />
        <span class="snippet">{source.content.slice(0, 420)}</span>
      </button>
    </li>
  );
}
