#!/usr/bin/env bash
# docx2txt reads a text box.
# Expected: once: the file holds it twice, for new and for old readers (mc:AlternateContent), and a reader takes one
#   of the two.
# Happens: both are read, and each text of a box stands in the result twice.
# Matters: passages of text boxes are counted twice in word statistics, and a list of them has each item twice.
# Source: ECMA-376 part 3, 9.3 (AlternateContent); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python docx2txt==0.9
with_docx_writer
cat > look.py <<'PY'
import docx2txt
from docx_file import run, write_docx

content = f"<w:txbxContent><w:p>{run('Notice period: 3 months')}</w:p></w:txbxContent>"
shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
box = ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
       f'<a:graphicData uri="{shape}"><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic>'
       '</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>'
       f'{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>')
text = docx2txt.process(write_docx("t.docx", box))
print(repr(text))
assert text.count("Notice period") == 2, "the box is read once now"
PY
python look.py
