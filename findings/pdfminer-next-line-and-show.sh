#!/usr/bin/env bash
# pdfminer.six (and pdfplumber, which stands on it) reads a text whose lines are begun by the operators ' and ".
# Expected: both go to the next line and show a string there, as in pypdf and libpdfium.
# Happens: ' does, " does not: it only sets the spacing, and its string goes on right behind the line before, so the last
#   word of that line and the first one of the next become one: "pier" and "begins" are "pierbegins".
# Matters: two lines are one, two words are lost to search, and the tables that are found by the places of words are wrong.
# Source: ISO 32000-2, 9.4.3, table 107 (both operators move to the next line); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pdfplumber==0.11.10 pdfminer.six==20260107
with_pdf_writer
cat > look.py <<'PY'
import pdfplumber
import pypdf
from pdf_file import write_pdf
from pdfminer.high_level import extract_text

seen = {}
for next_line in ("(begins in March) '", '0 0 (begins in March) "'):
    path = write_pdf("t.pdf", f"BT /F1 12 Tf 14 TL 50 200 Td (The lease of the north pier) Tj {next_line} ET")
    seen[next_line[-1]] = (
        pypdf.PdfReader(path).pages[0].extract_text(),
        extract_text(path).strip(),
        pdfplumber.open(path).pages[0].extract_text(),
    )
print(seen)
lines = "The lease of the north pier\nbegins in March"
assert seen["'"] == (lines, lines, lines), seen["'"]
assert seen['"'][0] == lines, seen['"']
assert all("pierbegins" in text for text in seen['"'][1:]), "the line is begun now"
PY
python look.py
