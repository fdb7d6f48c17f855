#!/usr/bin/env bash
# calamine (here through python-calamine) reads a cell of an OpenDocument spreadsheet.
# Expected: a line break (text:line-break) and a tab (text:tab) inside a cell come out as white space, as two paragraphs
#   in a cell do, and as text:s does.
# Happens: both vanish, and the words on their sides become one: "north" and "pier" are read as "northpier".
# Matters: LibreOffice writes text:line-break for Ctrl+Enter in a cell of some documents, and search finds neither word.
# Source: OpenDocument 1.3, part 3, 6.1.5 <text:line-break> and 6.1.4 <text:tab>; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-calamine==0.8.1
cat > look.py <<'PY'
import zipfile
from python_calamine import CalamineWorkbook

NS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
      'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
MIME = "application/vnd.oasis.opendocument.spreadsheet"

def cell(inside):
    return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'

cells = "".join(map(cell, [
    "<text:p>north<text:line-break/>pier</text:p>",
    "<text:p>north<text:tab/>pier</text:p>",
    '<text:p>north<text:s text:c="2"/>pier</text:p>',
    "<text:p>north</text:p><text:p>pier</text:p>",
]))
with zipfile.ZipFile("t.ods", "w") as z:
    z.writestr("mimetype", MIME, zipfile.ZIP_STORED)
    z.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:'
               f'xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{MIME}"/></m:manifest>')
    z.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NS} office:version="1.3">'
               '<office:body><office:spreadsheet><table:table table:name="S"><table:table-row>' + cells +
               '</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>')
row = CalamineWorkbook.from_path("t.ods").get_sheet_by_index(0).to_python()[0]
for name, value in zip(["line-break", "tab", "s", "two paragraphs"], row):
    print(f"{name:15} {value!r}")
assert row[0] == "northpier" and row[1] == "northpier", "line break and tab are kept now"
assert row[2] == "north  pier" and row[3] == "north\npier", row
PY
python look.py
