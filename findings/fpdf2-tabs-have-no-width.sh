#!/usr/bin/env bash
# fpdf2 writes a line with a tab, "950\t700", as it stands in logs, in code and between columns: cell, multi_cell, write.
# Expected: a gap, as html's <pre> and word processors make one; or an error, as for signs that the font does not have.
# Happens: nothing stands between the two: "950700" is what one sees, with a tab of no width in the file. pdfplumber reads
#   950(cid:9)700, pdftotext 950700, pypdf a tab.
# Matters: two amounts become one on paper and in some readers, and which it is depends on the reader.
# Source: fpdf2's manual, which speaks of line ends in text, not of tabs; PDF 1.7, 9.6.2 (widths of characters); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python fpdf2==2.8.9 pdfplumber==0.11.10 pypdf==7.1.1
cat > look.py <<'PY'
import pdfplumber, pypdf
from fpdf import FPDF

pdf = FPDF()
pdf.add_page()
pdf.set_font("Helvetica", size=11)
pdf.cell(0, 6, "950\t700", new_x="LMARGIN", new_y="NEXT")
pdf.multi_cell(0, 6, "950\t700")
pdf.output("tab.pdf")
with pdfplumber.open("tab.pdf") as file:
    signs = file.pages[0].chars[:7]
print(repr(pypdf.PdfReader("tab.pdf").pages[0].extract_text()))
gaps = [round(after["x0"] - before["x1"], 1) for before, after in zip(signs, signs[1:])]
print([(sign["text"], round(sign["width"], 1)) for sign in signs], gaps)
assert signs[3]["width"] == 0 and not any(gaps), "tabs have a width now"
PY
python look.py
