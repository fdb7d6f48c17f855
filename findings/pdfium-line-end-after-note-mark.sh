#!/usr/bin/env bash
# libpdfium (here through pypdfium2) reads a line with the mark of a footnote, a small raised figure.
# Expected: one line, "the rent3, which is due": everything stands on one baseline but the figure, and pypdf,
#   pdfminer.six and PyMuPDF read it so.
# Happens: a line end comes after the figure: "the rent3" and ", which is due". A lowered figure (H2O) brings one as well.
# Matters: sentences with notes and powers (10 to the 6th) are cut in two; whoever joins or cuts text at line ends, or takes
#   a line for a row of a table, gets halves.
# Source: ISO 32000-2, 9.3.7 (text rise moves glyphs up or down, not the line); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdfium2==5.15.2 pypdf==7.1.1 pdfminer.six==20260107 pymupdf==2.0
with_pdf_writer
cat > look.py <<'PY'
import pymupdf
import pypdf
import pypdfium2
from pdf_file import write_pdf
from pdfminer.high_level import extract_text

seen = {}
for rise in (5, -3):
    path = write_pdf(
        "t.pdf", f"BT /F1 12 Tf 50 200 Td (the rent) Tj /F1 7 Tf {rise} Ts (3) Tj 0 Ts /F1 12 Tf (, which is due) Tj ET"
    )
    seen[rise] = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    others = {pypdf.PdfReader(path).pages[0].extract_text(), extract_text(path).strip()}
    others.add(pymupdf.open(path)[0].get_text().strip())
    assert others == {"the rent3, which is due"}, others
print(seen)
assert set(seen.values()) == {"the rent3\r\n, which is due"}, "the line goes on now"
PY
python look.py
