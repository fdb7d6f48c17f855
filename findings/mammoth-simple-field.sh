#!/usr/bin/env bash
# mammoth reads a field whose result is stored in the file (w:fldSimple).
# Expected: the result, as for the same field in its long form (w:fldChar).
# Happens: the result is left out: "Invoice 7" becomes "Invoice ".
# Matters: numbers from SEQ, DOCPROPERTY and MERGEFIELD are what a form letter is about.
# Source: ECMA-376 part 1, 17.16.19 (fldSimple) and 17.16.18 (fldChar); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mammoth==1.13.0
with_docx_writer
cat > look.py <<'PY'
import mammoth
from docx_file import run, write_docx

simple = f'<w:fldSimple w:instr=" SEQ invoice ">{run("7")}</w:fldSimple>'
long = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SEQ invoice </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>')
write_docx("t.docx", run("Invoice ") + simple, run("Invoice ") + long)
lines = mammoth.extract_raw_text(open("t.docx", "rb")).value.split("\n\n")
print(lines)
assert lines[0] == "Invoice ", "the result of a simple field is read now"
assert lines[1] == "Invoice 7", lines[1]
PY
python look.py
