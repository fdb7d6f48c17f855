#!/usr/bin/env bash
# PyMuPDF, pdf.js (in unpdf) and pdfplumber read a heading whose letters are set apart by a quarter of their size (the operator
#   Tc), with blanks between its words.
# Expected: "NOTICE OF TERMINATION": the blanks are in the file, and so are the words; pypdf and libpdfium give them.
# Happens: PyMuPDF and pdf.js put a blank between all letters, so that the words cannot be told apart any more; pdfplumber
#   puts some: "NOTI CE OF TE RMINATION".
# Matters: titles, names on letterheads and headings of old reports are set this way; none of their words is found, and cutting a
#   text at its headings misses them.
# Source: ISO 32000-2, 9.3.2 (character spacing is added between glyphs, it is no character); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pdfplumber==0.11.10 pymupdf==2.0 pypdfium2==5.10.1
with_node unpdf@1.7.0
with_pdf_writer
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from pdf_file import write_pdf

HEADING = "NOTICE OF TERMINATION"
write_pdf("t.pdf", f"BT /F1 12 Tf 3 Tc 50 350 Td ({HEADING}) Tj ET")
whole = [
    pypdf.PdfReader("t.pdf").pages[0].extract_text().strip(),
    pypdfium2.PdfDocument("t.pdf")[0].get_textpage().get_text_range().strip(),
]
mupdf = pymupdf.open("t.pdf")[0].get_text().strip()
plumber = pdfplumber.open("t.pdf").pages[0].extract_text()
print(whole, mupdf, plumber, sep="\n")
assert whole == [HEADING, HEADING]
assert mupdf == " ".join(HEADING.replace(" ", "")), "PyMuPDF keeps the words now"
assert plumber == "NOTI CE OF TE RMINATION", "pdfplumber reads it otherwise now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { extractText } from "unpdf";

const { text } = await extractText(new Uint8Array(fs.readFileSync("t.pdf")));
console.log("pdf.js:", text[0]);
assert.equal(text[0].trim(), [..."NOTICEOFTERMINATION"].join(" "), "pdf.js keeps the words now");
process.exit(0);
JS
node look.mjs 2>/dev/null
