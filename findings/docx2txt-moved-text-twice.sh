#!/usr/bin/env bash
# docx2txt reads a sentence that was moved with tracked changes.
# Expected: once, at its new place: docx2txt leaves out tracked deletions, and a move is shown like one.
# Happens: twice: a deletion keeps its text in w:delText, which is skipped, but the old place of a move (w:moveFrom)
#   holds ordinary w:t.
# Matters: a clause that was moved out of a section still stands in it.
# Source: ECMA-376 part 1, 17.13.5.22 (moveFrom) and 17.13.5.25 (moveTo); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python docx2txt==0.9
with_docx_writer
cat > look.py <<'PY'
import docx2txt
from docx_file import run, write_docx

author = 'w:author="A" w:date="2026-01-01T00:00:00Z"'
clause = run("Pets are allowed.")
text = docx2txt.process(write_docx(
    "t.docx",
    run("Section 1. ") + f'<w:moveFrom w:id="1" {author}>{clause}</w:moveFrom>'
    + f'<w:del w:id="3" {author}><w:r><w:delText>Struck out.</w:delText></w:r></w:del>',
    run("Section 2. ") + f'<w:moveTo w:id="2" {author}>{clause}</w:moveTo>',
))
print(repr(text))
assert "Struck out" not in text
assert text.count("Pets are allowed.") == 2, "moved text is read once now"
PY
python look.py
