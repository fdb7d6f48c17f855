#!/usr/bin/env bash
# pymupdf4llm turns a ruled table into Markdown in which a heading spans two columns: no line runs through its cell.
# Expected: the word stands in one cell, or again in the second one; PyMuPDF's own find_tables() gives "Values" and None.
# Happens: the word is cut where the line would be: "| | Valu | es |".
# Matters: the names of groups of columns, years and totals are no words any more, for search and for a language model; a number
#   that spans columns becomes two numbers.
# Source: PyMuPDF's documentation of find_tables (None for a cell that is covered by another); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pymupdf4llm==2.0 pymupdf==2.0 pymupdf-layout==2.0 reportlab==5.1.0
cat > look.py <<'PY'
import pymupdf
import pymupdf4llm
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

table = Table([["Site", "Values", ""], ["", "Dry", "Wet"], ["North", "14", "15"]])
table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))])
text = Paragraph("Table of sites follows here.", getSampleStyleSheet()["Normal"])
SimpleDocTemplate("t.pdf").build([text, table])

cells = pymupdf.open("t.pdf")[0].find_tables().tables[0].extract()
markdown = pymupdf4llm.to_markdown("t.pdf")
print(cells, repr(markdown), sep="\n")
assert cells == [["Site", "Values", None], [None, "Dry", "Wet"], ["North", "14", "15"]]
assert "|Valu|es|" in markdown.replace(" ", ""), "the word is whole now"
PY
python look.py
