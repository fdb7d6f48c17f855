#!/usr/bin/env bash
# calamine (here through python-calamine) opens an OpenDocument spreadsheet whose XML is indented.
# Expected: line ends between <table:table-cell> elements mean nothing and are passed over, as LibreOffice does and as
#   the same library does in XLSX.
# Happens: the whole workbook is refused: "Expecting 'table-cell', found 'Text(…)'". Without the line ends it opens.
# Matters: files written with an indenting serialiser (or LibreOffice's own "pretty printing" option) cannot be read.
# Source: OpenDocument 1.3, part 3, 2.2.1 (white space in elements without character content); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-calamine==0.8.1
cat > look.py <<'PY'
import zipfile
from python_calamine import CalamineError, CalamineWorkbook

NS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
      'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
MIME = "application/vnd.oasis.opendocument.spreadsheet"
CELL = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'

def write(between):
    row = between.join(["<table:table-row>", CELL.format(4), CELL.format(2), "</table:table-row>"])
    with zipfile.ZipFile("t.ods", "w") as z:
        z.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        z.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:'
                   f'xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{MIME}"/></m:manifest>')
        z.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NS} '
                   'office:version="1.3"><office:body><office:spreadsheet><table:table table:name="S">' + row +
                   '</table:table></office:spreadsheet></office:body></office:document-content>')

write("")
plain = CalamineWorkbook.from_path("t.ods").get_sheet_by_index(0).to_python()
print("without line ends:", plain)
assert plain == [[4, 2]], plain
write("\n  ")
try:
    print("with line ends:   ", CalamineWorkbook.from_path("t.ods").get_sheet_by_index(0).to_python())
    raise SystemExit("it opens now")
except CalamineError as error:
    print("with line ends:   ", error)
    assert "table-cell" in str(error)
PY
python look.py
