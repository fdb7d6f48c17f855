#!/usr/bin/env bash
# playa reads a line that was set wider to fill its column, as programs for page layout do: between two letters of "Rent" there is a
#   twentieth of the letters' size more, and between "Rent" and "950" a blank's width without a blank.
# Expected: "Rent 950", as pdfminer.six, from which playa stems, and pypdf have it.
# Happens: extract_text gives "Re nt 950": each gap from about a twentieth on is a blank. The text objects of the same page (texts) say
#   "Rent950": there no gap is a blank. Neither has the words.
# Matters: words of justified columns, of headings in wide letters and of narrow tables fall into pieces and are not found.
# Source: ISO 32000-2, 9.4.3 (TJ moves by thousandths of the size); playa's documentation of extract_text and of texts; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python playa-pdf==1.1.0 pypdf==7.1.1 pdfminer.six==20260107
with_pdf_writer
cat > look.py <<'PY'
import playa
from pdf_file import write_pdf
from pdfminer.high_level import extract_text
from pypdf import PdfReader


def read(gap):
    file = write_pdf("made.pdf", f"BT /F1 12 Tf 50 350 Td [(Re) -{gap} (nt) -300 (950)] TJ ET")
    with playa.open(file) as document:
        page = document.pages[0]
        found = page.extract_text(), [text.chars for text in page.texts]
    return *found, PdfReader(file).pages[0].extract_text(), extract_text(file).strip()


seen = {gap: read(gap) for gap in (20, 50)}
print(seen)
assert seen[20] == ("Rent 950", ["Rent950"], "Rent 950", "Rent 950"), seen[20]
assert seen[50][2:] == ("Rent 950", "Rent 950"), seen[50]
assert seen[50][:2] == ("Re nt 950", ["Rent950"]), "words stay whole now"
PY
python look.py
