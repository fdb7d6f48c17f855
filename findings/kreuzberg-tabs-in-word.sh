#!/usr/bin/env bash
# kreuzberg reads a Word file in which words are set apart by tabs, and a number with a non-breaking hyphen.
# Expected: a tab or a blank between "Total" and "950", and a hyphen in PPR-9087, as python-docx gives them.
# Happens: both are left out: "Total950", "PPR9087".
# Matters: forms, price lists and tables of contents of Word are lines with tabs; no word of theirs that stands before one is
#   found, and "4.2Payment12" is a heading.
# Source: ECMA-376 part 1, 17.3.3.32 (tab) and 17.3.3.18 (noBreakHyphen); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4 python-docx==1.2.0
with_docx_writer
cat > look.py <<'PY'
import docx
from docx_file import run, write_docx
from kreuzberg import extract_file_sync

number = "<w:r><w:t>PPR</w:t><w:noBreakHyphen/><w:t>9087</w:t></w:r>"
path = write_docx("t.docx", run("Total") + "<w:r><w:tab/></w:r>" + run("950"), number)
seen = extract_file_sync(path).content.split()
other = [paragraph.text for paragraph in docx.Document(path).paragraphs]
print(seen, other)
assert other == ["Total\t950", "PPR-9087"]
assert seen == ["Total950", "PPR9087"], "tabs and hyphens are read now"
PY
python look.py
