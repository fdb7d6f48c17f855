#!/usr/bin/env bash
# docx2python writes the numbers that Word gives paragraphs, and reads a contract: headings "Article %1" by their style, clauses
#   "%1.%2" below them.
# Expected: the clauses of the second article begin anew, as in Word: 1.1, 1.2, 2.1; or 1), 2), 1).
# Happens: a heading that has its number from its style is not counted, so clauses count on: 1), 2), 3).
# Matters: "clause 3" is none of the contract's; a citation of it names the wrong clause.
# Source: ECMA-376 part 1, 17.9.10 (a level restarts after a higher one) and 17.9.23 (a level of a style); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python docx2python==3.7.1 python-docx==1.2.0
cat > look.py <<'PY'
import docx
from docx.oxml import parse_xml
from docx2python import docx2python

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
document = docx.Document()
numbering = document.part.numbering_part.element
level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{}<w:lvlText w:val="{}"/></w:lvl>'
levels = level.format(0, '<w:pStyle w:val="Heading1"/>', "Article %1") + level.format(1, "", "%1.%2")
numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
in_list = f'<w:numPr {W}>{{}}<w:numId w:val="90"/></w:numPr>'
style = document.styles["Heading 1"].element.get_or_add_pPr()
style.append(parse_xml(in_list.format("")))
for text, is_heading in [("Term", True), ("begins", False), ("ends", False), ("Rent", True), ("is due", False)]:
    paragraph = document.add_paragraph(text, style="Heading 1" if is_heading else None)
    if not is_heading:
        paragraph._p.get_or_add_pPr().append(parse_xml(in_list.format('<w:ilvl w:val="1"/>')))
document.save("contract.docx")

lines = [line.strip().replace("\t", " ") for line in docx2python("contract.docx").text.splitlines() if line.strip()]
print(lines)
assert lines[1:3] == ["1) begins", "2) ends"], lines
assert lines[4] == "3) is due", "the clauses begin anew now"
PY
python look.py
