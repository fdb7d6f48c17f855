#!/usr/bin/env bash
# kreuzberg reads a Word paragraph to which a text box is anchored.
# Expected: the paragraph and the words of the box, as a text of its own or in its place.
# Happens: the words of the box alone; all that the paragraph itself says is gone, before the box and behind it.
# Matters: Word anchors a box to the paragraph where the cursor stood, so any sentence of a report may be the one that is missing.
# Source: ECMA-376 part 1, 20.4.2.38 (txbxContent is the content of the box) and 17.3.2.25 (runs of a paragraph); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4
with_docx_writer
cat > look.py <<'PY'
from docx_file import run, write_docx
from kreuzberg import extract_file_sync

inside = f"<w:txbxContent><w:p>{run('See plan.')}</w:p></w:txbxContent>"
shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
box = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
    f'<a:graphicData uri="{shape}"><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
    f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
plain = extract_file_sync(write_docx("t.docx", run("The rent is ") + run("950 EUR."))).content
boxed = extract_file_sync(write_docx("t.docx", run("The rent is ") + box + run("950 EUR."), run("End."))).content
print(repr(plain), repr(boxed))
assert plain == "The rent is 950 EUR."
assert "950" not in boxed and "rent" not in boxed and boxed.split() == ["See", "plan.", "End."], "the paragraph is read now"
PY
python look.py
