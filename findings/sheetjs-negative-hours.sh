#!/usr/bin/env bash
# SheetJS reads -2:30 hours: in a sheet of OpenDocument (a duration of -PT02H30M00S), and in a workbook that counts its days
#   from 1904, in which Excel shows negative times.
# Expected: a negative number of days, and the text -2:30, as the file of OpenDocument has it.
# Happens: of OpenDocument the number is positive (0.104, with the text -02:30 beside it); of the workbook the number is
#   right, and the text is empty, so that the cell is missing in sheet_to_csv.
# Matters: hours that are owed are added instead of taken off, or are not there; the sign is all that matters in such
#   sheets.
# Source: OpenDocument 1.3 part 3 (office:time-value) and XML Schema part 2, 3.2.6 (duration); ECMA-376 part 1, 18.2.28;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python odfpy==1.4.1 XlsxWriter==3.3.1
with_node xlsx@0.18.5
cat > make.py <<'PY'
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

document, table, row = OpenDocumentSpreadsheet(), Table(name="Hours"), TableRow()
table.addElement(TableColumn(numbercolumnsrepeated=2))
for value, text in (("PT02H30M00S", "02:30"), ("-PT02H30M00S", "-02:30")):
    cell = TableCell(valuetype="time", timevalue=value)
    cell.addElement(P(text=text))
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("hours.ods")
with xlsxwriter.Workbook("hours.xlsx", {"date_1904": True}) as book:
    sheet, form = book.add_worksheet("Hours"), book.add_format({"num_format": "[h]:mm"})
    for column, hours in enumerate((2.5, -2.5)):
        sheet.write_number(0, column, hours / 24, form)
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import XLSX from "xlsx";

const read = (path) => {
  const sheet = XLSX.readFile(path).Sheets.Hours;
  const [numbers] = XLSX.utils.sheet_to_json(sheet, { header: 1 });
  return { hours: numbers.map((days) => Math.round(days * 240) / 10), text: XLSX.utils.sheet_to_csv(sheet) };
};
console.log(read("hours.ods"), read("hours.xlsx"));
assert.deepEqual(read("hours.ods"), { hours: [2.5, 2.5], text: "02:30,-02:30" }, "the sign is kept now");
assert.deepEqual(read("hours.xlsx"), { hours: [2.5, -2.5], text: "2:30," }, "the text is there now");
JS
node look.mjs
