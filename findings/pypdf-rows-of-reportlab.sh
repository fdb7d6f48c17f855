#!/usr/bin/env bash
# pypdf reads a table of a PDF that ReportLab made.
# Expected: a row is a line, "Site Dry Wet", as in libpdfium and pdfplumber: its cells stand at one height.
# Happens: every cell is a line of its own. ReportLab ends each string with T* (next line), after which nothing is shown in
#   that text object; pypdf counts it as the end of a line all the same. The same goes for any drawString beside another.
# Matters: ReportLab makes the invoices and reports of many Python programs: labels are torn from their values, and which
#   number belongs to which column cannot be told.
# Source: ISO 32000-2, 9.4.2 (T* moves; each BT begins anew at its own Tm); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 reportlab==5.1.0 pdfplumber==0.11.10 pypdfium2==5.15.2
cat > look.py <<'PY'
import pdfplumber
import pypdf
import pypdfium2
from reportlab.platypus import SimpleDocTemplate, Table

SimpleDocTemplate("t.pdf").build([Table([["Site", "Dry", "Wet"], ["North", "12", "13"]])])
lines = pypdf.PdfReader("t.pdf").pages[0].extract_text().split("\n")
others = [
    pdfplumber.open("t.pdf").pages[0].extract_text().split("\n"),
    pypdfium2.PdfDocument("t.pdf")[0].get_textpage().get_text_range().split("\r\n"),
]
print(lines, others)
assert others == [["Site Dry Wet", "North 12 13"]] * 2, others
assert lines[:6] == ["Site", "Dry", "Wet", "North", "12", "13"], "rows are lines now"
PY
python look.py
