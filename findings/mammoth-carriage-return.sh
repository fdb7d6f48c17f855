#!/usr/bin/env bash
# mammoth reads a line break that is stored as w:cr.
# Expected: a break, as for w:br: the standard gives both the same meaning within a paragraph.
# Happens: nothing: the last word of the line and the first of the next become one.
# Matters: address blocks from other programs than Word are read as "Elm Street 4Springfield".
# Source: ECMA-376 part 1, 17.3.3.4 (cr) and 17.3.3.1 (br); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mammoth==1.13.0
with_docx_writer
cat > look.py <<'PY'
import mammoth
from docx_file import write_docx

write_docx("t.docx", "<w:r><w:t>Elm Street 4</w:t><w:cr/><w:t>Springfield</w:t></w:r>",
           "<w:r><w:t>Elm Street 4</w:t><w:br/><w:t>Springfield</w:t></w:r>")
html = mammoth.convert_to_html(open("t.docx", "rb")).value
print(html)
assert html == "<p>Elm Street 4Springfield</p><p>Elm Street 4<br />Springfield</p>", "w:cr is read now"
PY
python look.py
