#!/usr/bin/env bash
# WeasyPrint makes a PDF of a page with a heading, a numbered list and a paragraph; pypdf, libpdfium (pypdfium2), PyMuPDF and
#   pdf.js (in unpdf) give its text.
# Expected: "1. Rent is due.", "2. Fee is due.", "The end.", as it is seen.
# Happens: "Rent is due.", "Fee is due.", "The end.", and then "1." and "2." in lines of their own: the markers are drawn when
#   all else of the page is, and these four keep the order in which things are drawn. pdfplumber and pdftotext put them back.
# Matters: "see clause 2" cannot be followed in such a text; of a page with two lists one cannot tell whose numbers they are.
# Source: CSS 2.2, 12.5.1 (list-style-position: outside is the default); PDF 1.7, 14.8.2.3 (order of page content and of
#   logical content); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python weasyprint==70.0 pypdf==7.1.1 pypdfium2==5.15.2 pymupdf==2.0 pdfplumber==0.11.10
with_node unpdf@1.7.0
cat > look.py <<'PY'
import json, subprocess
import pdfplumber, pymupdf, pypdf, pypdfium2, weasyprint

page = "<h1>Lease</h1><ol><li>Rent is due.</li><li>Fee is due.</li></ol><p>The end.</p>"
weasyprint.HTML(string=page).write_pdf("lease.pdf")
program = """
import fs from "node:fs";
import { extractText, getDocumentProxy } from "unpdf";
const { text } = await extractText(await getDocumentProxy(new Uint8Array(fs.readFileSync("lease.pdf"))));
console.log(JSON.stringify(text));
"""
with open("look.mjs", "w") as file:
    file.write(program)
seen = {
    "pypdf": pypdf.PdfReader("lease.pdf").pages[0].extract_text(),
    "libpdfium": pypdfium2.PdfDocument("lease.pdf")[0].get_textpage().get_text_range(),
    "PyMuPDF": pymupdf.open("lease.pdf")[0].get_text(),
    "pdf.js": json.loads(subprocess.check_output(["node", "look.mjs"]))[0],
}
print(seen)
apart = ["Lease", "Rent is due.", "Fee is due.", "The end.", "1.", "2."]
for reader, text in seen.items():
    assert [line.strip() for line in text.splitlines()] == apart, f"numbers stand in their place now: {reader}"
with pdfplumber.open("lease.pdf") as file:
    assert "1. Rent is due." in file.pages[0].extract_text()
PY
python look.py
