#!/usr/bin/env bash
# kreuzberg reads a page with a ruled table of four rows and, below it, a sentence with a raised and a lowered figure.
# Expected: among result.tables the table of four rows, or none.
# Happens: there is one of two rows: the first holds the last two rows of the real table in a single cell ("South pier East
#   pier 16 17 18 19"), the second is the sentence, cut into three cells. It stands below the text in the content as well.
# Matters: code that takes result.tables to fill a database, or shows them to a model, gets rows that never were one.
# Source: kreuzberg's documentation of ExtractionResult.tables (cells as rows and columns); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4 reportlab==5.1.0
cat > look.py <<'PY'
from kreuzberg import extract_file_sync
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

STYLE = getSampleStyleSheet()["Normal"]
table = Table([["Site", "Dry", "Wet"], ["North pier", "14", "15"], ["South pier", "16", "17"], ["East pier", "18", "19"]])
table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
last = Paragraph("Rent was 950 EUR; 10<super>6</super> cells of H<sub>2</sub>O. See note.", STYLE)
SimpleDocTemplate("t.pdf").build([Paragraph("Table of sites follows here.", STYLE), table, Spacer(1, 12), last])

result = extract_file_sync("t.pdf")
cells = [found.cells for found in result.tables]
print(cells, result.content, sep="\n")
rows = [["", "", "South pier East pier 16 17 18 19"], ["Rent was 950", "EUR; 106 cells", "of H2 O. See note."]]
assert cells == [rows], "the table is read otherwise now"
PY
python look.py
