#!/usr/bin/env bash
# python-docx reads a Word form: a sentence with content controls that are filled in (a choice, a date, a name).
# Expected: paragraph.text is the sentence as it is seen; what is chosen in a control is text in runs like any other.
# Happens: the text inside each control is missing: "Berth  from " for "Berth north pier from 5 March".
# Matters: of forms and contracts from templates the labels are read and the answers are not, without a word about it.
# Source: ECMA-376 part 1, 17.5.2.36 (sdtContent holds runs of the paragraph); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0
with_docx_writer
cat > look.py <<'PY'
import docx
from docx_file import run, write_docx


def control(text):
    return f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


plain = run("Berth ") + run("north pier") + run(" from ") + run("5 March")
filled = run("Berth ") + control("north pier") + run(" from ") + control("5 March")
texts = [it.text for it in docx.Document(write_docx("form.docx", plain, filled)).paragraphs]
print(texts)
assert texts[0] == "Berth north pier from 5 March", texts
assert texts[1] == "Berth  from ", "controls are read now"
PY
python look.py
