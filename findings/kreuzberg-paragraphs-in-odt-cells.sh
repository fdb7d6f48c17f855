#!/usr/bin/env bash
# kreuzberg reads an OpenDocument table with a cell of two paragraphs, such as a name and a street, and a line of three blanks.
# Expected: a blank or a line end between the two; in a Word file with such a cell there is one.
# Happens: nothing: "Anna SmithElm Street 4". Blanks that the format counts (text:s) are dropped as well: "Total950".
# Matters: forms and lists of LibreOffice hold addresses in cells; the last word of a line and the first of the next are found
#   by no query.
# Source: OpenDocument 1.3, part 3, 9.1.4 (a cell holds paragraphs) and 6.1.3 (text:s); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4
with_odt_writer
cat > look.py <<'PY'
from kreuzberg import extract_file_sync
from odt_file import write_odt

cells = "<table:table-cell><text:p>Anna Smith</text:p><text:p>Elm Street 4</text:p></table:table-cell>"
cells += "<table:table-cell><text:p>14</text:p></table:table-cell>"
columns = '<table:table-column table:number-columns-repeated="2"/>'
table = f'<table:table table:name="t">{columns}<table:table-row>{cells}</table:table-row></table:table>'
text = extract_file_sync(write_odt("t.odt", table + '<text:p>Total<text:s text:c="3"/>950</text:p>')).content
print(repr(text))
assert "Anna SmithElm Street 4 14" in text, "paragraphs are apart now"
assert "Total950" in text, "blanks are read now"
PY
python look.py
