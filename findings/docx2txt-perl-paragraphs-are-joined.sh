#!/usr/bin/env bash
# docx2txt, the Perl program that Debian has under this name, gives the text of a Word file that python-docx made: two
#   paragraphs, "The rent is 950" and "7 berths are free."
# Expected: two lines: ends of paragraphs are all that a text has of a document's form, and Word's own files come out so.
# Happens: "The rent is 9507 berths are free.": a paragraph whose start tag is just <w:p> ends no line; only those with an
#   attribute, as Word writes them, or with properties of their own do.
# Matters: paragraphs without a style are most of what python-docx, docx (npm) and other makers write; numbers and words at
#   their ends grow together.
# Source: ECMA-376 part 1, 17.3.1.22 (w:p: all attributes are optional); the program's manual; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0
with_debian docx2txt=1.4-5
cat > make.py <<'PY'
import docx

document = docx.Document()
for text in ("The rent is 950", "7 berths are free."):
    document.add_paragraph(text)
document.save("rent.docx")
PY
python make.py
docx2txt rent.docx seen.txt
cat seen.txt; echo
grep -q 'The rent is 9507 berths are free\.' seen.txt || { echo "paragraphs are set apart now" >&2; exit 1; }
