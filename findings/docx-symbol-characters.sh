#!/usr/bin/env bash
# python-docx and docx2txt read a character that Word stores as a symbol of a font (w:sym, "Insert symbol").
# Expected: the character, or a mark that one is missing: mammoth gives a degree sign for F0B0 of Symbol.
# Happens: both leave it out: "25 °C" becomes "25 C", and a ticked box cannot be told from an empty one.
# Matters: older documents hold ±, ≤, µ and check boxes this way; "≤ 5 mg" loses its meaning.
# Source: ECMA-376 part 1, 17.3.3.30 (sym); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0
with_docx_writer
cat > look.py <<'PY'
import docx, docx2txt, mammoth
from docx_file import run, write_docx

write_docx("t.docx", run("Keep below 25 ") + '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>' + run("C"))
seen = {
    "python-docx": docx.Document("t.docx").paragraphs[0].text,
    "docx2txt": docx2txt.process("t.docx"),
    "mammoth": mammoth.extract_raw_text(open("t.docx", "rb")).value.strip(),
}
print(seen)
assert seen["python-docx"] == seen["docx2txt"] == "Keep below 25 C", "symbols are read now"
assert seen["mammoth"] == "Keep below 25 °C", seen["mammoth"]
PY
python look.py
