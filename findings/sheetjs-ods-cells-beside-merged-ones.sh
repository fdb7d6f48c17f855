#!/usr/bin/env bash
# SheetJS reads a sheet of OpenDocument with a cell that was merged over two columns and two rows; what it covers is in the
#   file as covered cells, and those side by side are put down once with their number, as LibreOffice does it.
# Expected: the values beside it stay in their column, the third; python-calamine has them there.
# Happens: the two covered cells of the second row count as one, and its value stands in the second column.
# Matters: headings and groups are merged in most sheets that people make; values stand below the names of other columns.
# Source: OpenDocument 1.3 part 3 (table:covered-table-cell and its table:number-columns-repeated); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python odfpy==1.4.1 python-calamine==0.9.1
with_node xlsx@0.18.5
cat > look.py <<'PY'
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P


def cell(text, **places):
    element = TableCell(valuetype="string", **places)
    element.addElement(P(text=text))
    return element


rows = (
    [cell("North", numbercolumnsspanned=2, numberrowsspanned=2), CoveredTableCell(), cell("14")],
    [CoveredTableCell(numbercolumnsrepeated=2), cell("15")],
    [cell("a"), cell("b"), cell("c")],
)
document, table = OpenDocumentSpreadsheet(), Table(name="Rain")
table.addElement(TableColumn(numbercolumnsrepeated=3))
for cells in rows:
    row = TableRow()
    for one in cells:
        row.addElement(one)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("rain.ods")
right = python_calamine.CalamineWorkbook.from_path("rain.ods").get_sheet_by_index(0).to_python()
print(right)
assert right == [["North", "", "14"], ["", "", "15"], ["a", "b", "c"]]
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import XLSX from "xlsx";

const rows = XLSX.utils.sheet_to_json(XLSX.readFile("rain.ods").Sheets.Rain, { header: 1, defval: "" });
console.log(rows);
assert.deepEqual(rows.slice(0, 2), [["North", "", "14"], ["", "15", ""]], "covered cells are counted now");
JS
node look.mjs
