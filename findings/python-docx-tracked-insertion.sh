#!/usr/bin/env bash
# python-docx gives the text of a paragraph.
# Expected: a tracked insertion counts as text: it is what the reader of the document sees, and a tracked deletion
#   does not.
# Happens: both are left out: paragraph.text takes the runs and hyperlinks that stand directly in the paragraph, and
#   no run inside w:ins.
# Matters: the amount that was corrected in a draft is missing: "The rent is  euros."
# Source: ECMA-376 part 1, 17.13.5.18 (ins) and 17.13.5.14 (del); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0
with_docx_writer
cat > look.py <<'PY'
import docx
from docx_file import run, write_docx

author = 'w:author="A" w:date="2026-01-01T00:00:00Z"'
write_docx("t.docx", run("The rent is ")
           + f'<w:del w:id="1" {author}><w:r><w:delText>900</w:delText></w:r></w:del>'
           + f'<w:ins w:id="2" {author}>{run("950")}</w:ins>' + run(" euros."))
text = docx.Document("t.docx").paragraphs[0].text
print(repr(text))
assert "900" not in text
assert "950" not in text, "insertions are read now"
PY
python look.py
