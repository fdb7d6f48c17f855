#!/usr/bin/env bash
# pdfplumber reads a line that is printed along the left edge of a page, turned by 90 degrees against the clock.
# Expected: "Drawing number PPR-9087", as pypdf, libpdfium and PyMuPDF give it.
# Happens: it is read from its end: "7809-RPP", "rebmun" and "gniwarD", a word on each line. The lines around it are right.
# Matters: "7809" is a number, too; what stands on the edges of plans, in narrow headings of tables and in archive stamps is
#   indexed backwards, and no error shows it.
# Source: ISO 32000-2, 9.4.2 (Tm turns text, its direction of writing with it); pdfplumber's documentation of extract_text
#   (char_dir: "ltr" for upright text only); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pdfplumber==0.11.10 pypdf==7.1.1 pymupdf==2.0 reportlab==5.1.0
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("t.pdf")
canvas.drawString(72, 750, "Plan of the north pier")
canvas.saveState()
canvas.rotate(90)
canvas.drawString(300, -50, "Drawing number PPR-9087")
canvas.restoreState()
canvas.drawString(72, 300, "Berth four is free")
canvas.save()

plumber = pdfplumber.open("t.pdf").pages[0].extract_text()
others = [pypdf.PdfReader("t.pdf").pages[0].extract_text(), pymupdf.open("t.pdf")[0].get_text()]
print(plumber.splitlines())
assert all("Drawing number PPR-9087" in text for text in others), others
lines = ["Plan of the north pier", "7809-RPP", "rebmun", "gniwarD", "Berth four is free"]
assert plumber.splitlines() == lines, "turned text is read forwards now"
PY
python look.py
