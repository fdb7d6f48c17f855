#!/usr/bin/env bash
# pdfplumber reads lines of 10 and of 8 points in which the words are set apart without blanks, as TeX sets them.
# Expected: the words apart: the gaps of a third of the letters' size are the same in both lines, and pdfminer.six, on
#   which it stands, pypdf and libpdfium see them.
# Happens: a gap counts as one from 3 points on (x_tolerance), whatever the size of the letters: the footnote is one word.
#   x_tolerance_ratio takes the size into account, but is off unless asked for.
# Matters: footnotes, captions and small print of papers and contracts made with LaTeX cannot be searched, while the text
#   above them reads well, so that nobody looks.
# Source: pdfplumber's documentation of extract_text (x_tolerance, x_tolerance_ratio); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pdfplumber==0.11.10 pdfminer.six==20260107 pypdfium2==5.15.2
with_pdf_writer
cat > look.py <<'PY'
import pdfplumber
import pypdfium2
from pdf_file import write_pdf
from pdfminer.high_level import extract_text

WORDS = "[(the) -333 (tenant) -333 (pays) -333 (the) -333 (rent)] TJ"
path = write_pdf("t.pdf", f"BT /F1 10 Tf 50 200 Td {WORDS} /F1 8 Tf 0 -30 Td {WORDS} ET")
page = pdfplumber.open(path).pages[0]
line = "the tenant pays the rent"
seen = page.extract_text().split("\n")
ratio = page.extract_text(x_tolerance_ratio=0.15).split("\n")
pdfium = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().split("\r\n")
print(seen, ratio)
assert extract_text(path).split("\n\n")[:2] == ratio == pdfium == [line, line], (ratio, pdfium)
assert seen == [line, "thetenantpaystherent"], "small words are apart now"
PY
python look.py
