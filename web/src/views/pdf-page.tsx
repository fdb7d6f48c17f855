/** One page of a PDF, with a passage marked in it. */

import type { TextLayer } from "pdfjs-dist";
import { useEffect, useRef, useState } from "preact/hooks";
import { useStable } from "../lib/hooks";
import { find } from "../lib/passage";
import { type Pdf, library, openPdf } from "../lib/pdf";
import { layOver } from "../lib/sight";
import { words } from "../state/settings";
import { openedPage, sightOf } from "../state/sights";
import { IconButton, Spinner } from "./parts";

interface Props {
  document: number;
  generation: number;
  page: number;
  /** Text to mark on `page`, and the sentences in it that are cited. */
  passage?: string;
  cited?: string[];
  /** It is being read: the server hears which pages are looked at, and makes them searchable first. */
  reading?: boolean;
  onFailed: () => void;
  onMarked?: (found: boolean) => void;
}

export function PdfPages({ document, generation, page, passage, cited = [], reading = false, onFailed, onMarked }: Props) {
  const fail = useStable(onFailed);
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [shown, setShown] = useState(page);
  const [zoom, setZoom] = useState(1);
  const w = words.value.source;
  useEffect(() => setShown(page), [document, page]);
  useEffect(() => {
    let current = true;
    setPdf(null);
    openPdf(document, generation).then(
      (opened) => current && setPdf(opened),
      () => current && fail(),
    );
    return () => {
      current = false;
    };
  }, [document, generation]);
  const at = pdf ? Math.min(Math.max(1, shown), pdf.numPages) : null;
  useEffect(() => {
    if (reading && at) void openedPage(document, at).catch(() => undefined);
  }, [document, reading, at]);
  if (!pdf || !at) return <Spinner label={w.render} />;
  return (
    <div class="pdf">
      <div class="pdf-tools">
        <IconButton icon="back" label={w.previous} disabled={at <= 1} onClick={() => setShown(at - 1)} />
        <span class="pdf-place">{w.of(at, pdf.numPages)}</span>
        <IconButton icon="forward" label={w.next} disabled={at >= pdf.numPages} onClick={() => setShown(at + 1)} />
        <span class="grow" />
        <IconButton icon="minus" label={w.zoomOut} disabled={zoom <= 0.5} onClick={() => setZoom(zoom / 1.25)} />
        <IconButton icon="plus" label={w.zoomIn} disabled={zoom >= 4} onClick={() => setZoom(zoom * 1.25)} />
      </div>
      <Drawn
        key={`${document}/${at}`}
        document={document}
        pdf={pdf}
        page={at}
        zoom={zoom}
        passage={at === page ? passage : undefined}
        cited={cited.join(BETWEEN)}
        onMarked={onMarked}
        onFailed={onFailed}
      />
    </div>
  );
}

/** What no text of a PDF contains. */
const BETWEEN = "\u0000";

interface DrawnProps {
  document: number;
  pdf: Pdf;
  page: number;
  zoom: number;
  passage: string | undefined;
  /** The cited sentences, one string so that an effect can depend on it. */
  cited: string;
  onMarked: ((found: boolean) => void) | undefined;
  onFailed: () => void;
}

function Drawn({ document, pdf, page, zoom, passage, cited, onMarked, onFailed }: DrawnProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [ready, setReady] = useState(false);
  const fail = useStable(onFailed);
  const marked = useStable((found: boolean) => onMarked?.(found));

  useEffect(() => {
    const measured = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    if (frame.current) measured.observe(frame.current);
    return () => measured.disconnect();
  }, []);

  useEffect(() => {
    if (width < 50) return;
    // Drawing anew begins with an empty page.
    setReady(false);
    const stop = new AbortController();
    const parts = { canvas: canvas.current!, layer: layer.current!, marks: marks.current! };
    draw(pdf, page, width * zoom, { passage, cited: cited.split(BETWEEN).filter(Boolean) }, parts, stop.signal).then(
      async (found) => {
        setReady(true);
        if (passage) {
          // A page that is a picture has no letters to mark; where its words stand was kept when it was read.
          const sight = found ? null : await sightOf(document, page).catch(() => null);
          if (stop.signal.aborted) return;
          const seen = sight !== null && layOver(sight, passage, cited.split(BETWEEN).filter(Boolean), parts.marks);
          marked(found || seen);
          const first = parts.marks.querySelector(".cited") ?? parts.marks.firstElementChild;
          first?.scrollIntoView({ block: "center", inline: "nearest" });
        }
      },
      () => !stop.signal.aborted && fail(),
    );
    return () => stop.abort();
  }, [pdf, document, page, width, zoom, passage, cited]);

  return (
    <div class="pdf-frame" ref={frame} tabIndex={0} role="region" aria-label={words.value.source.pageLabel} aria-busy={!ready}>
      <div class="pdf-page" data-ready={ready}>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without a tab index takes no focus */}
        <canvas ref={canvas} aria-hidden="true" />
        <div class="pdf-marks" ref={marks} aria-hidden="true" />
        <div class="pdf-text" ref={layer} />
      </div>
    </div>
  );
}

interface Parts {
  canvas: HTMLCanvasElement;
  layer: HTMLDivElement;
  marks: HTMLDivElement;
}

interface Wanted {
  passage: string | undefined;
  cited: string[];
}

/** Whether the passage was found. */
async function draw(pdf: Pdf, number: number, width: number, wanted: Wanted, parts: Parts, stop: AbortSignal): Promise<boolean> {
  const pdfjs = await library();
  const page = await pdf.getPage(number);
  stop.throwIfAborted();
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  const sharp = Math.min(window.devicePixelRatio || 1, 2);
  const { canvas, layer, marks } = parts;
  canvas.width = Math.floor(viewport.width * sharp);
  canvas.height = Math.floor(viewport.height * sharp);
  for (const part of [canvas, layer, marks]) {
    part.style.width = `${viewport.width}px`;
    part.style.height = `${viewport.height}px`;
  }
  layer.style.setProperty("--total-scale-factor", String(viewport.scale));
  layer.replaceChildren();
  marks.replaceChildren();
  const drawing = page.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
  stop.addEventListener("abort", () => drawing.cancel());
  const writing = page.getTextContent().then(async (textContentSource) => {
    const text = new pdfjs.TextLayer({ textContentSource, container: layer, viewport });
    await text.render();
    return text;
  });
  // Both at once: a drawing that is stopped before the text is there must be waited for, too.
  const [text] = await Promise.all([writing, drawing.promise]);
  stop.throwIfAborted();
  if (!wanted.passage) return false;
  const found = mark(text, wanted.passage, marks, "pdf-mark");
  for (const sentence of wanted.cited) mark(text, sentence, marks, "pdf-mark cited");
  return found;
}

/** Lays a colour over the passage, wherever the text layer has its letters. */
function mark(text: TextLayer, passage: string, marks: HTMLDivElement, look: string): boolean {
  const { textContentItemsStr: items, textDivs: spans } = text;
  const origin = marks.getBoundingClientRect();
  for (const { item, start, end } of find(items, passage)) {
    const letters = spans[item]?.firstChild;
    if (!letters) continue;
    const range = document.createRange();
    range.setStart(letters, Math.min(start, letters.textContent?.length ?? 0));
    range.setEnd(letters, Math.min(end, letters.textContent?.length ?? 0));
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const patch = document.createElement("div");
      patch.className = look;
      patch.style.left = `${box.left - origin.left - 1}px`;
      patch.style.top = `${box.top - origin.top - 1}px`;
      patch.style.width = `${box.width + 2}px`;
      patch.style.height = `${box.height + 2}px`;
      marks.append(patch);
    }
  }
  return marks.childElementCount > 0;
}
