/** pdf.js, loaded when the first PDF is looked at. */

import type { PDFDocumentProxy } from "pdfjs-dist";
import { fetchRenewed } from "../api/client";
import worker from "pdfjs-dist/build/pdf.worker.min.mjs?url";

export type Pdf = PDFDocumentProxy;

/** Files that stay open: going back and forth between sources must not load them again. */
const KEPT = 3;

const open = new Map<string, Promise<Pdf>>();

export async function library() {
  const pdfjs = await import("pdfjs-dist");
  pdfjs.GlobalWorkerOptions.workerSrc = worker;
  return pdfjs;
}

export function openPdf(document: number, generation: number): Promise<Pdf> {
  const key = `${document}/${generation}`;
  const known = open.get(key);
  if (known) return known;
  const opening = load(document, generation);
  open.set(key, opening);
  opening.catch(() => open.delete(key));
  for (const [old, pdf] of [...open].slice(0, -KEPT)) {
    open.delete(old);
    void pdf.then((one) => one.loadingTask.destroy());
  }
  return opening;
}

async function load(document: number, generation: number): Promise<Pdf> {
  const pdfjs = await library();
  const url = `/api/documents/${document}/versions/${generation}/download`;
  // The library asks without renewing a sign-in that ran out.
  await fetchRenewed(new Request(new URL(url, location.origin), { method: "HEAD" }));
  const resources = `/assets/pdf-${pdfjs.version}`;
  return pdfjs.getDocument({
    url,
    cMapUrl: `${resources}/cmaps/`,
    standardFontDataUrl: `${resources}/standard_fonts/`,
    wasmUrl: `${resources}/wasm/`,
    // Functions of a PDF are never compiled from text. Decoders of pictures are compiled in the worker, whose own policy
    // allows that (`src/http/page.rs`).
    isEvalSupported: false,
    // The machine's own fonts have other widths than the ones that a PDF counts on. They are used all the same for
    // scripts that the fonts beside this reader do not have, such as Chinese.
    useSystemFonts: false,
    enableXfa: false,
  }).promise;
}
