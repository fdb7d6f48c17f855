#!/usr/bin/env bash
# mammoth, and markitdown with it, reads numbered clauses with a plain paragraph between the first and the second.
# Expected: 4, 5, 6, as Word shows them: the list begins at 4, and it is one list (one w:numId) throughout. HTML can say it
#   (<ol start="5">), Markdown too, and pandoc does.
# Happens: 1, then the paragraph, then 1 and 2: where a list begins is not read, and it begins again after each paragraph.
# Matters: "clause 5" of the contract is clause 1 in the text that is searched and quoted, and there are two clauses 1.
# Source: ECMA-376 part 1, 17.9.25 (start) and 17.9.18 (numId: one count for all its paragraphs); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mammoth==1.13.0 markitdown[docx]==0.1.9 pypandoc_binary==1.17 python-docx==1.2.0
cat > look.py <<'PY'
import docx
import mammoth
import pypandoc
from docx.oxml import parse_xml
from markitdown import MarkItDown

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
document = docx.Document()
numbering = document.part.numbering_part.element
level = '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{level}</w:abstractNum>'))
numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
for text, is_clause in [("Rent", True), ("The rent is due in March.", False), ("Repairs", True), ("Notice", True)]:
    paragraph = document.add_paragraph(text)
    if is_clause:
        place = f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(place))
document.save("t.docx")

html = mammoth.convert_to_html("t.docx").value
lines = [line for line in MarkItDown().convert("t.docx").text_content.split("\n") if line]
other = pypandoc.convert_file("t.docx", "plain").split()
print(html, lines, other)
assert [word for word in other if word[0].isdigit()] == ["4.", "5.", "6."], other
assert html.count("<ol>") == 2, "the numbers are told now"
assert lines == ["1. Rent", "The rent is due in March.", "1. Repairs", "2. Notice"], lines
PY
python look.py
