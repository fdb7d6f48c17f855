#!/usr/bin/env bash
# docling-parse gives the lines of a page (iterate_cells, unit LINE) with "H2O" and "10" to the 6th in a sentence, set with
#   smaller figures below and above the line.
# Expected: "H2O" and "106", as pypdf and PyMuPDF give them: no blank stands there, and no gap is seen.
# Happens: blanks around each small figure: "H 2 O", "10 6 cells".
# Matters: formulas, units (m 2) and marks of notes are torn: CO2, H2O and m3 are found in no paper that was read so.
# Source: ISO 32000-2, 9.3.7 (text rise moves glyphs up or down, it adds no blank); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python docling-parse==7.23.1 docling-core==2.104.0 pypdf==7.1.1
with_pdf_writer
cat > look.py <<'PY'
import pypdf
from docling_core.types.doc.page import TextCellUnit
from docling_parse.pdf_parser import DoclingPdfParser
from pdf_file import write_pdf

write_pdf(
    "t.pdf",
    "BT /F1 12 Tf 50 300 Td (The air holds H) Tj -4 Ts /F1 8 Tf (2) Tj 0 Ts /F1 12 Tf (O and 10) Tj 5 Ts /F1 8 Tf (6) Tj"
    " 0 Ts /F1 12 Tf ( cells in it.) Tj ET",
)
pages = DoclingPdfParser().load("t.pdf").iterate_pages()
lines = [cell.text for _, page in pages for cell in page.iterate_cells(TextCellUnit.LINE)]
other = pypdf.PdfReader("t.pdf").pages[0].extract_text()
print(lines, other)
assert other == "The air holds H2O and 106 cells in it.", other
assert lines == ["The air holds H 2 O and 10 6 cells in it."], "the figures are not torn off now"
PY
python look.py
