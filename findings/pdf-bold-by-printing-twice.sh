#!/usr/bin/env bash
# pypdf, pdfplumber, PyMuPDF and pdf.js (in unpdf) read an amount that was made bold by printing it twice, a third of a point
#   apart.
# Expected: 950, once, as it is seen, and as libpdfium gives it.
# Happens: "950950" (pdf.js), "995500" (pdfplumber), and the amount on two lines (pypdf, PyMuPDF). pdfplumber has
#   dedupe_chars() for it, which its extract_text() does not call.
# Matters: reporting programs and printer drivers without a bold font do so with just the headings, names and totals that
#   matter; another amount is read, and it looks right.
# Source: libpdfium's reading of the same page; pdfplumber's documentation of dedupe_chars; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pdfplumber==0.11.10 pymupdf==2.0 pypdfium2==5.10.1 reportlab==5.1.0
with_node unpdf@1.7.0
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("t.pdf")
canvas.drawString(72, 750, "Total")
for shift in (0, 0.35):
    canvas.drawString(200 + shift, 750, "950")
canvas.save()
words = {
    "pypdf": pypdf.PdfReader("t.pdf").pages[0].extract_text().split(),
    "pdfplumber": pdfplumber.open("t.pdf").pages[0].extract_text().split(),
    "PyMuPDF": pymupdf.open("t.pdf")[0].get_text().split(),
    "libpdfium": pypdfium2.PdfDocument("t.pdf")[0].get_textpage().get_text_range().split(),
}
print(words)
assert words["libpdfium"] == ["Total", "950"], words
for library in ("pypdf", "PyMuPDF"):
    assert words[library] == ["Total", "950", "950"], f"{library} gives it once now"
assert words["pdfplumber"] == ["Total", "995500"], "pdfplumber gives it once now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { extractText } from "unpdf";

const { text } = await extractText(new Uint8Array(fs.readFileSync("t.pdf")));
console.log("pdf.js:", JSON.stringify(text[0]));
assert.equal(text[0].trim(), "Total 950950", "pdf.js gives it once now");
process.exit(0);
JS
node look.mjs 2>/dev/null
