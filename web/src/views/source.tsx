/** One source of an answer, shown where it stands in its document. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Document, type Source, api } from "../api/client";
import { type Part, citedParts } from "../lib/cited";
import * as format from "../lib/format";
import { useStable } from "../lib/hooks";
import { lookOf } from "../lib/kinds";
import type { Mark } from "../lib/markdown";
import { cut, pages } from "../lib/passage";
import { isDeleted } from "../lib/sources";
import { isOpen } from "../state/documents";
import { language, words } from "../state/settings";
import { Marked } from "./marked";
import { Bar, Link, Spinner } from "./parts";
import { PdfPages } from "./pdf-page";
import { Picture } from "./picture";
import { nameOf } from "./source-name";
import { TextView } from "./text-view";

type State =
  | { is: "loading" }
  /** The original that was cited is kept, or one that may have the passage, too. */
  | { is: "original"; document: Document; generation: number; note?: string }
  | { is: "text"; document: Document; note?: string }
  /** Only the passage itself is left. */
  | { is: "passage"; note: string }
  /** Not even that: its document is deleted. */
  | { is: "gone"; note: string };

interface Props {
  source: Source;
  /** The answer that cites it, and by which number: then the sentences it speaks of are marked too. */
  citedBy?: { answer: string; number: number } | undefined;
}

export function SourceView({ source, citedBy }: Props) {
  const { metadata: at } = source;
  const w = words.value.source;
  const [state, setState] = useState<State>({ is: "loading" });
  const [unmarked, setUnmarked] = useState(false);
  const { answer, number } = citedBy ?? { answer: "", number: 0 };
  const parts = useMemo(() => (answer ? citedParts(answer, number, source.content) : []), [source, answer, number]);
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
      {state.is === "original" && lookOf(state.document.file_type) === "pdf" && (
        <>
          {unmarked && (
            <>
              <p class="note">{w.notFound}</p>
              <Passage source={source} parts={parts} />
            </>
          )}
          <PdfPages
            document={at.document_id}
            generation={state.generation}
            page={at.page ?? 1}
            reading={isOpen(state.document.status)}
            passage={source.content}
            cited={parts.map(({ start, end }) => source.content.slice(start, end))}
            onMarked={(found) => setUnmarked(!found)}
            onFailed={() => setState({ is: "text", document: state.document, note: w.pdfFailed })}
          />
        </>
      )}
      {state.is === "original" && lookOf(state.document.file_type) === "picture" && (
        <>
          <Passage source={source} parts={parts} />
          <Picture
            document={at.document_id}
            generation={state.generation}
            name={at.filename}
            passage={source.content}
            cited={parts.map(({ start, end }) => source.content.slice(start, end))}
            onFailed={() => setState({ is: "text", document: state.document, note: w.pictureFailed })}
          />
        </>
      )}
      {state.is === "text" && (
        <TextPassage
          source={source}
          parts={parts}
          fileType={state.document.file_type}
          onChanged={() => setState({ is: "passage", note: w.changed })}
        />
      )}
      {state.is === "passage" && <Passage source={source} parts={parts} />}
    </div>
  );
}

/** The passage alone, as it was cited. */
function Passage({ source, parts }: { source: Source; parts: Part[] }) {
  return (
    <blockquote class="passage">
      <Marked text={source.content} marks={parts.map((part) => ({ ...part, kind: "cited" }))} />
    </blockquote>
  );
}

/** Where a source can be shown: in the version that was cited if that is kept, else in the newest. */
async function find(source: Source): Promise<State> {
  const { metadata: at } = source;
  const w = words.value.source;
  if (isDeleted(source)) return { is: "gone", note: w.missing };
  const params = { path: { id: at.document_id } };
  const { data: document } = await api.GET("/api/documents/{id}", { params });
  if (!document) return { is: "gone", note: w.missing };
  const look = lookOf(document.file_type);
  if (look !== "picture" && (look !== "pdf" || !at.page)) return { is: "text", document };
  if (document.generation === at.generation) return { is: "original", document, generation: at.generation };
  const { data: versions } = await api.GET("/api/documents/{id}/versions", { params });
  const isKept = versions?.some((one) => one.version === at.generation && lookOf(one.file_type) === look);
  return isKept
    ? { is: "original", document, generation: at.generation, note: w.older(at.generation) }
    : { is: "original", document, generation: document.generation, note: w.reread };
}

/** Its document, where in it, and how well it fits. */
export function SourceFacts({ source, project }: { source: Source; project: number | null }) {
  const w = words.value.source;
  return (
    <div class="source-facts">
      <p class="source-name">{nameOf(source.metadata)}</p>
      <SourcePlace source={source} />
      {project !== null && <Link to={{ view: "document", project, document: source.metadata.document_id }}>{w.open}</Link>}
    </div>
  );
}

/** Where it stands in its document, and how well it fits. */
export function SourcePlace({ source }: { source: Source }) {
  const { metadata: at, score } = source;
  const w = words.value.source;
  const place = [at.page ? w.page(at.page) : null, at.heading].filter(Boolean).join(" · ");
  return (
    <span class="source-facts">
      {place && <span class="source-place">{place}</span>}
      <span class="source-score" title={w.scoreHint}>
        {w.score} <Bar share={score} label={w.score} /> {format.percent(score, language.value)}
      </span>
    </span>
  );
}

/** Letters that are shown before and after a passage in a text without pages. */
const AROUND = 6000;

interface Around {
  text: string;
  /** The passage within it. */
  start: number;
  end: number;
}

/** The text of the page around a passage, in its form, with the passage marked. */
function TextPassage({ source, parts, fileType, onChanged }: { source: Source; parts: Part[]; fileType: string; onChanged: () => void }) {
  const [found, setFound] = useState<Around | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const change = useStable(onChanged);
  useEffect(() => {
    let current = true;
    setFound(null);
    around(source).then((it) => {
      if (!current) return;
      if (it) setFound(it);
      else change();
    }, change);
    return () => {
      current = false;
    };
  }, [source]);
  useEffect(() => box.current?.querySelector("mark.mark-cited, mark")?.scrollIntoView({ block: "center" }), [found]);
  const marks = useMemo<Mark[]>(() => (found ? marksOf(found, parts) : []), [found, parts]);
  if (!found) return <Spinner />;
  return (
    <div class="source-text" ref={box} tabIndex={0} role="region" aria-label={words.value.source.passage}>
      <TextView text={found.text} fileType={fileType} marks={marks} />
    </div>
  );
}

function marksOf({ start, end }: Around, parts: Part[]): Mark[] {
  const passage: Mark = { start, end, kind: "passage" };
  return [passage, ...parts.map((part): Mark => ({ start: start + part.start, end: Math.min(end, start + part.end), kind: "cited" }))];
}

/** `null` where the document is no longer the one that was cited. */
async function around({ metadata: at }: Source): Promise<Around | null> {
  const path = { id: at.document_id };
  // Pages are counted from 1, and a document without pages has parts that may be long: one of them is read.
  const query = at.page ? { after: at.page - 1, limit: 1 } : {};
  const { data } = await api.GET("/api/documents/{id}/content", { params: { path, query } });
  if (!data || data.generation !== at.generation) return null;
  const page = pages(data.content, data.pages).find((one) => one.start <= at.start && at.start < one.start + one.length);
  if (!page) return null;
  const [before, passage, after] = cut(page.text, at.start - page.start, at.end - page.start);
  // Cut between lines, so that what is formatted stays so.
  const head = before.length > AROUND ? before.slice(before.indexOf("\n", before.length - AROUND) + 1) : before;
  const tail = after.length > AROUND ? after.slice(0, after.lastIndexOf("\n", AROUND)) : after;
  return { text: head + passage + tail, start: head.length, end: head.length + passage.length };
}
