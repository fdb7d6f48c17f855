#!/usr/bin/env bash
# python-docx, docx2txt and mammoth read an equation of Word (m:oMath).
# Expected: its characters, if not its form.
# Happens: all three leave it out, mammoth without a message about it.
# Matters: the sentence "where E=mc" is read as "where ", and nothing tells that something is missing.
# Source: ECMA-376 part 1, 22.1.2.77 (oMath); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0
with_docx_writer
cat > look.py <<'PY'
import docx, docx2txt, mammoth
from docx_file import run, write_docx

write_docx("t.docx", run("where ") + "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>")
third = mammoth.extract_raw_text(open("t.docx", "rb"))
texts = [docx.Document("t.docx").paragraphs[0].text, docx2txt.process("t.docx"), third.value]
print(texts, third.messages)
assert not any("E=mc" in text for text in texts), "equations are read now"
PY
python look.py
