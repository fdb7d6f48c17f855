#!/usr/bin/env bash
# pdfmake (npm) makes a PDF of a numbered list whose items end in figures, and a paragraph; pypdf and pdf.js (in unpdf) give
#   its text.
# Expected: "5. Rent 950", "6. Fee 20", as it is seen, and as libpdfium and pdfplumber have it.
# Happens: "Rent 9505.", "Fee 206.": each number is drawn after its item, to the left of it, and the two go by the order of
#   drawing and set no blank between. PyMuPDF and pdfminer.six put the numbers in lines of their own.
# Matters: amounts get a figure more and clauses have no number: both at once, in contracts and bills, which is what it is
#   used for.
# Source: PDF 1.7, 14.8.2.3 (order of page content and of logical content); pdfmake's documentation of lists; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node pdfmake@0.3.11 unpdf@1.7.0
with_python pypdf==7.1.1 pypdfium2==5.15.2
cat > make.cjs <<'JS'
const fs = require("node:fs");
const pdfmake = require("pdfmake");

pdfmake.setFonts({ Helvetica: { normal: "Helvetica" } });
const content = [{ ol: ["Rent 950", "Fee 20"], start: 5 }, "The end."];
pdfmake.createPdf({ content, defaultStyle: { font: "Helvetica" } }).getBuffer().then((file) => fs.writeFileSync("lease.pdf", file));
JS
node make.cjs 2>/dev/null >&2
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { extractText, getDocumentProxy } from "unpdf";

const { text } = await extractText(await getDocumentProxy(new Uint8Array(fs.readFileSync("lease.pdf"))));
console.log("pdf.js:", text);
assert.match(text[0], /^Rent 9505\.\s+Fee 206\./, "numbers stand in their place now");
JS
node look.mjs
cat > look.py <<'PY'
import pypdf, pypdfium2

text = pypdf.PdfReader("lease.pdf").pages[0].extract_text()
lines = pypdfium2.PdfDocument("lease.pdf")[0].get_textpage().get_text_range().split("\r\n")
print("pypdf:", repr(text), "libpdfium:", lines)
assert lines == ["5. Rent 950", "6. Fee 20", "The end."]
assert text.split() == ["Rent", "9505.", "Fee", "206.", "The", "end."], "numbers stand in their place now"
PY
python look.py
