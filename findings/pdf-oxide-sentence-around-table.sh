#!/usr/bin/env bash
# pdf_oxide turns a page into Markdown: a table, and below it a sentence with a raised and a lowered figure.
# Expected: the table, then the sentence; extract_text of the same library has it so.
# Happens: the beginning of the sentence up to the H of H2O comes before the table, the rest, "2O. See note.", after it. With the
#   raised figure alone the whole sentence comes before the table.
# Matters: what stands before a table is read as its title and what stands behind as its note; the sentence is quoted in halves,
#   and H2O is in neither.
# Source: pdf_oxide's documentation of to_markdown and extract_text (reading order); ISO 32000-2, 9.3.7 (text rise); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python pdf-oxide==0.3.78 reportlab==5.1.0
cat > look.py <<'PY'
import pdf_oxide
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

STYLE = getSampleStyleSheet()["Normal"]
table = Table([["Site", "Dry", "Wet"], ["North pier", "14", "15"], ["South pier", "16", "17"], ["East pier", "18", "19"]])
table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
last = Paragraph("Rent was 950 EUR; 10<super>6</super> cells of H<sub>2</sub>O. See note.", STYLE)
SimpleDocTemplate("t.pdf").build([Paragraph("Table of sites follows here.", STYLE), table, Spacer(1, 12), last])

page = pdf_oxide.PdfDocument("t.pdf")
text, markdown = page.extract_text(0), page.to_markdown(0)
print(text, "---", markdown, sep="\n")
assert text.index("East pier") < text.index("Rent was 950 EUR; 106 cells of H2O. See note."), text
parts = [markdown.index(part) for part in ("Rent was", "North pier", "O. See note.")]
assert parts == sorted(parts) and "H2O" not in markdown, "the sentence is whole now"
PY
python look.py
