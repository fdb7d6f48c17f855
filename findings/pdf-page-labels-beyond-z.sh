#!/usr/bin/env bash
# PyMuPDF and pdfminer.six give the labels of an appendix of 30 pages that is numbered with letters (A to Z, and on).
# Expected: the page after Z is AA, the next BB, as the letters of page labels go, and as pypdf and libpdfium give them.
# Happens: it is AA, AB, AC: the letters are counted as the columns of a spreadsheet.
# Matters: "page App-AB" of a citation does not exist in the document, whose 28th page is shown as App-BB.
# Source: ISO 32000-2, table 161 (/S: A to Z for the first 26 pages, AA to ZZ for the next 26); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pymupdf==2.0 pdfminer.six==20260107 pypdf==7.1.1 pypdfium2==5.15.2
cat > look.py <<'PY'
import itertools

import pymupdf
import pypdf
import pypdfium2
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

PAGES = 30
writer = pypdf.PdfWriter()
for _ in range(PAGES):
    writer.add_blank_page(100, 100)
writer.set_page_label(0, PAGES - 1, style="/A", prefix="App-")
writer.write("t.pdf")

with open("t.pdf", "rb") as file:
    miner = list(itertools.islice(PDFDocument(PDFParser(file)).get_page_labels(), PAGES))
document, pdfium = pymupdf.open("t.pdf"), pypdfium2.PdfDocument("t.pdf")
seen = {
    "pypdf": pypdf.PdfReader("t.pdf").page_labels,
    "libpdfium": [pdfium.get_page_label(number) for number in range(PAGES)],
    "PyMuPDF": [page.get_label() for page in document],
    "pdfminer.six": miner,
}
seen = {name: labels[25:29] for name, labels in seen.items()}
print(seen)
assert seen["pypdf"] == seen["libpdfium"] == ["App-Z", "App-AA", "App-BB", "App-CC"], seen
assert seen["PyMuPDF"] == seen["pdfminer.six"] == ["App-Z", "App-AA", "App-AB", "App-AC"], "the letters are right now"
PY
python look.py
