#!/usr/bin/env bash
# pypdf, pdfminer.six, pdfplumber and libpdfium (pypdfium2) give the text of a page with a layer (optional content) that the
#   document turns off.
# Expected: what a reader sees; text of a layer that is off is neither shown nor printed. PyMuPDF leaves it out.
# Happens: the four give it among the rest, and nothing tells it from what is seen.
# Matters: drawings, offers and forms keep drafts, old prices and other languages in layers that are off; "price 900" is
#   quoted from a page on which it does not stand.
# Source: ISO 32000-2, 8.11.3 and 8.11.4.3 (content of a group that is off is not drawn); what was seen by this script.
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

path = write_pdf(
    "t.pdf",
    "BT /F1 12 Tf 50 200 Td (price 950) Tj ET /OC /L1 BDC BT /F1 12 Tf 50 150 Td (price 900) Tj ET EMC",
    "/Properties << /L1 6 0 R >>",
    "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
    ["<< /Type /OCG /Name (Draft) >>"],
)
seen = {
    "PyMuPDF": pymupdf.open(path)[0].get_text(),
    "pypdf": pypdf.PdfReader(path).pages[0].extract_text(),
    "pdfminer.six": extract_text(path),
    "pdfplumber": pdfplumber.open(path).pages[0].extract_text(),
    "libpdfium": pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded(),
}
print(seen)
assert seen.pop("PyMuPDF").strip() == "price 950"
assert all("price 950" in text and "price 900" in text for text in seen.values()), "layers are left out now"
PY
python look.py
