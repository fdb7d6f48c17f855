#!/usr/bin/env bash
# docx2txt reads a non-breaking hyphen (w:noBreakHyphen, Ctrl+Shift+_ in Word).
# Expected: a hyphen: python-docx gives "-", mammoth U+2011.
# Happens: nothing: "PPR-9087" becomes "PPR9087".
# Matters: people set such hyphens in part numbers so that they are not broken, and those are searched for.
# Source: ECMA-376 part 1, 17.3.3.18 (noBreakHyphen); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0 docx2txt==0.9
with_docx_writer
cat > look.py <<'PY'
import docx, docx2txt
from docx_file import write_docx

write_docx("t.docx", "<w:r><w:t>PPR</w:t><w:noBreakHyphen/><w:t>9087</w:t></w:r>")
print(repr(docx2txt.process("t.docx")), repr(docx.Document("t.docx").paragraphs[0].text))
assert docx2txt.process("t.docx") == "PPR9087", "the hyphen is read now"
assert docx.Document("t.docx").paragraphs[0].text == "PPR-9087"
PY
python look.py
