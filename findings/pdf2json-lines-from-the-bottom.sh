#!/usr/bin/env bash
# pdf2json gives the text of a page with three lines (getRawTextContent, what its command line writes with -c).
# Expected: the lines from the top to the bottom, as they are written and as they are read; Texts of the same result has them so.
# Happens: the last line comes first, the first one last, for any page; only the words within a line are in order.
# Matters: sentences that go over a line end are torn apart, answers come before their questions, and totals before what they
#   sum up; search by words does not notice.
# Source: pdf2json's documentation of getRawTextContent (the text as a string); ISO 32000-2, 14.8.2.5 (reading order of a page);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pdf2json@4.0.3
with_pdf_writer
python3 - <<'PY'
from pdf_file import write_pdf

LINES = ["The tenant may not", "keep dogs unless", "the owner agrees."]
write_pdf("t.pdf", "BT /F1 12 Tf 72 350 Td " + " ".join(f"({line}) Tj 0 -20 Td" for line in LINES) + " ET")
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import PDFParser from "pdf2json";

const parser = new PDFParser(null, true);
const pages = new Promise((done, failed) => {
    parser.on("pdfParser_dataError", failed);
    parser.on("pdfParser_dataReady", (data) => done(data.Pages));
});
parser.loadPDF("t.pdf");
const texts = (await pages)[0].Texts.map((text) => text.R[0].T);
const raw = parser.getRawTextContent().split(/\r?\n/).filter((line) => line && !line.startsWith("-"));
console.log(JSON.stringify({ texts, raw }));
const lines = ["The tenant may not", "keep dogs unless", "the owner agrees."];
assert.deepEqual(texts, lines);
assert.deepEqual(raw, [...lines].reverse(), "the lines are in order now");
process.exit(0);
JS
node look.mjs 2>/dev/null
