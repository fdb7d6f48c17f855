#!/usr/bin/env bash
# pdfminer.six and pdfplumber read a paragraph of two lines that ReportLab made, with "H2O" in the first one; the 2 is lowered
#   (<sub>, by half the size of the letters).
# Expected: the sentence in its order, with the 2 in its place, as in pypdf and PyMuPDF.
# Happens: pdfminer.six ends the line before the 2, and the second line stands before the rest of the first: "H 2 behind it,
#   not even in winter O that comes with". pdfplumber makes the 2 a line of its own below: "H O".
# Matters: a subscript (formulas, chemistry, indices) mixes up the words of its paragraph; the text of reports and
#   data sheets is read in an order in which nobody wrote it.
# Source: ISO 32000-2, 9.3.7 (text rise is for subscripts and superscripts); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pdfminer.six==20260107 pdfplumber==0.11.10 pypdf==7.1.1 pymupdf==2.0 reportlab==5.1.0
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
from pdfminer.high_level import extract_text
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

STYLE = getSampleStyleSheet()["Normal"]
words = "The filter holds back the H<sub>2</sub>O that comes with the air, so that no drop of it will reach the pump behind "
SimpleDocTemplate("t.pdf").build([Paragraph(words + "it, not even in winter", STYLE)])

miner = extract_text("t.pdf").split()
plumber = pdfplumber.open("t.pdf").pages[0].extract_text()
other = pypdf.PdfReader("t.pdf").pages[0].extract_text().split()
mupdf = pymupdf.open("t.pdf")[0].get_text().split()
print("pdfminer.six:", " ".join(miner))
print("pdfplumber:", plumber)
assert other == mupdf and "H2O" in other and other[-1] == "winter", (other, mupdf)
assert sorted("".join(miner)) == sorted("".join(other)), "words are missing"
assert miner.index("2") < miner.index("winter") < miner.index("O"), "pdfminer.six keeps the order now"
assert "H O" in plumber and "\n2\n" in plumber, "pdfplumber keeps the figure in its line now"
PY
python look.py
