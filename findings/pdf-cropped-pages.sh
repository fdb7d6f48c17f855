#!/usr/bin/env bash
# pypdf, pdfminer.six and pdfplumber read a scan of an open book that was made into two pages by cropping: each page is the
#   whole sheet with another /CropBox.
# Expected: each page has its own half, as it is shown; so PyMuPDF has it.
# Happens: both pages have the text of both halves. libpdfium has either: get_text_bounded() is right, get_text_range() is not.
# Matters: every passage is found twice, on its own page and on the neighbour's; half of the citations name a wrong page,
#   and what somebody cropped away is quoted.
# Source: ISO 32000-2, 14.11.2 (contents are clipped to the crop box when shown); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pdfplumber==0.11.10 pdfminer.six==20260107 pypdfium2==5.15.2 pymupdf==2.0
with_pdf_writer
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from pdf_file import write_pdf
from pdfminer.high_level import extract_text
from pypdf.generic import RectangleObject

sheet = write_pdf("t.pdf", "BT /F1 12 Tf 50 200 Td (left) Tj 300 0 Td (right) Tj ET")
book = pypdf.PdfWriter()
for half in ((0, 0, 300, 400), (300, 0, 600, 400)):
    book.add_page(pypdf.PdfReader(sheet).pages[0]).cropbox = RectangleObject(half)
book.write("book.pdf")

pages = [page.get_textpage() for page in pypdfium2.PdfDocument("book.pdf")]
seen = {
    "PyMuPDF": [page.get_text().split() for page in pymupdf.open("book.pdf")],
    "libpdfium bounded": [page.get_text_bounded().split() for page in pages],
    "libpdfium range": [page.get_text_range().split() for page in pages],
    "pypdf": [page.extract_text().split() for page in pypdf.PdfReader("book.pdf").pages],
    "pdfminer.six": [page.split() for page in extract_text("book.pdf").split("\f")[:2]],
    "pdfplumber": [page.extract_text().split() for page in pdfplumber.open("book.pdf").pages],
}
print(seen)
assert seen.pop("PyMuPDF") == seen.pop("libpdfium bounded") == [["left"], ["right"]]
assert all(halves == [["left", "right"]] * 2 for halves in seen.values()), "the crop box is heeded now"
PY
python look.py
