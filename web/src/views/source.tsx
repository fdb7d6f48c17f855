/** One source of an answer, shown where it stands in its document. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Document, type Source, api } from "../api/client";
import { useStable } from "../lib/hooks";
import { cut, pages } from "../lib/passage";
import * as format from "../lib/format";
import { language, words } from "../state/settings";
import { Bar, Link, Spinner } from "./parts";
import { PdfPages } from "./pdf-page";

type State =
  | { is: "loading" }
  /** The original that was cited is kept, or one that may have the passage, too. */
  | { is: "original"; document: Document; generation: number; note?: string }
  | { is: "text"; document: Document; note?: string }
  /** Only the passage itself is left. */
  | { is: "passage"; note: string };

export function SourceView({ source }: { source: Source }) {
  const { metadata: at } = source;
  const w = words.value.source;
  const [state, setState] = useState<State>({ is: "loading" });
  const [unmarked, setUnmarked] = useState(false);
  useEffect(() => {
    let current = true;
    setState({ is: "loading" });
    setUnmarked(false);
    find(source).then(
      (found) => current && setState(found),
      () => current && setState({ is: "passage", note: words.value.errors.offline }),
    );
    return () => {
      current = false;
    };
  }, [source]);
  const project = state.is === "original" || state.is === "text" ? state.document.project_id : null;
  return (
    <div class="source">
      <SourceFacts source={source} project={project} />
      {"note" in state && state.note && <p class="note">{state.note}</p>}
      {state.is === "loading" && <Spinner />}
      {state.is === "original" && (
        <>
          {unmarked && (
            <>
              <p class="note">{w.notFound}</p>
              <blockquote class="passage">{source.content}</blockquote>
            </>
          )}
          <PdfPages
            document={at.document_id}
            generation={state.generation}
            page={at.page ?? 1}
            passage={source.content}
            onMarked={(found) => setUnmarked(!found)}
            onFailed={() => setState({ is: "text", document: state.document, note: w.pdfFailed })}
          />
        </>
      )}
      {state.is === "text" && (
        <TextPassage source={source} onChanged={() => setState({ is: "passage", note: w.changed })} />
      )}
      {state.is === "passage" && <blockquote class="passage marked">{source.content}</blockquote>}
    </div>
  );
}

/** Where a source can be shown: in the version that was cited if that is kept, else in the newest. */
async function find({ metadata: at }: Source): Promise<State> {
  const w = words.value.source;
  const params = { path: { id: at.document_id } };
  const { data: document } = await api.GET("/api/documents/{id}", { params });
  if (!document) return { is: "passage", note: w.missing };
  if (document.file_type !== "pdf" || !at.page) return { is: "text", document };
  if (document.generation === at.generation) return { is: "original", document, generation: at.generation };
  const { data: versions } = await api.GET("/api/documents/{id}/versions", { params });
  const isKept = versions?.some((one) => one.version === at.generation && one.file_type === "pdf");
  return isKept
    ? { is: "original", document, generation: at.generation, note: w.older(at.generation) }
    : { is: "original", document, generation: document.generation, note: w.reread };
}

export function SourceFacts({ source, project }: { source: Source; project: number | null }) {
  const { metadata: at, score } = source;
  const w = words.value.source;
  return (
    <div class="source-facts">
      <p class="source-name">{at.filename}</p>
      <p class="source-place">
        {[at.page ? w.page(at.page) : null, at.heading].filter(Boolean).join(" · ")}
        {project !== null && (
          <>
            {" "}
            <Link to={{ view: "document", project, document: at.document_id }}>{w.open}</Link>
          </>
        )}
      </p>
      <p class="source-score" title={w.scoreHint}>
        {w.score} <Bar share={score} label={w.score} /> {format.percent(score, language.value)}
      </p>
    </div>
  );
}

/** Letters that are shown before and after a passage in a text without pages. */
const AROUND = 6000;

/** The text of the page around a passage, with the passage marked. */
function TextPassage({ source, onChanged }: { source: Source; onChanged: () => void }) {
  const [parts, setParts] = useState<[string, string, string] | null>(null);
  const marked = useRef<HTMLElement>(null);
  const change = useStable(onChanged);
  useEffect(() => {
    let current = true;
    setParts(null);
    around(source).then((found) => {
      if (!current) return;
      if (found) setParts(found);
      else change();
    }, change);
    return () => {
      current = false;
    };
  }, [source]);
  useEffect(() => marked.current?.scrollIntoView({ block: "center" }), [parts]);
  if (!parts) return <Spinner />;
  return (
    <div class="source-text" tabIndex={0} role="region" aria-label={words.value.source.passage}>
      {parts[0]}
      <mark ref={marked}>{parts[1]}</mark>
      {parts[2]}
    </div>
  );
}

/** `null` where the document is no longer the one that was cited. */
async function around({ metadata: at }: Source): Promise<[string, string, string] | null> {
  const path = { id: at.document_id };
  // Pages are counted from 1, and a document without pages has parts that may be long: one of them is read.
  const query = at.page ? { after: at.page - 1, limit: 1 } : {};
  const { data } = await api.GET("/api/documents/{id}/content", { params: { path, query } });
  if (!data || data.generation !== at.generation) return null;
  const page = pages(data.content, data.pages).find((one) => one.start <= at.start && at.start < one.start + one.length);
  if (!page) return null;
  const [before, passage, after] = cut(page.text, at.start - page.start, at.end - page.start);
  return [
    before.length > AROUND ? `…${before.slice(-AROUND)}` : before,
    passage,
    after.length > AROUND ? `${after.slice(0, AROUND)}…` : after,
  ];
}
