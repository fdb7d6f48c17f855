#!/usr/bin/env bash
# SheetJS (the xlsx package of npm) shows a date whose number format is dd.mm.yyyy.
# Expected: 15.03.2023. That the format is one of a date is seen by other readers, here openpyxl.
# Happens: "45000", the number of the day: each full stop that is not escaped is taken for a fraction of a second, the
#   formatter gives up, and reading the file hides that. With the stops escaped (dd\.mm\.yyyy) it is a date.
# Matters: the format stands this way in files that other programs than Excel write for German, Czech or Finnish readers;
#   their dates become numbers of five digits in sheet_to_csv, sheet_to_html and formatted JSON.
# Source: ECMA-376 part 1, 18.8.31 (numFmts: fractions of a second are zeros after the stop that follows the seconds); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node xlsx@0.18.5
with_python openpyxl==3.1.5
cat > make.py <<'PY'
import openpyxl

FORMATS = ["dd.mm.yyyy", "d. mmmm yyyy", "yyyy.mm.dd", r"dd\.mm\.yyyy", "dd/mm/yyyy"]
book = openpyxl.Workbook()
for row, shape in enumerate(FORMATS, 1):
    cell = book.active.cell(row, 1, 45000)
    cell.number_format = shape
    book.active.cell(row, 2, shape)
book.save("dates.xlsx")
seen = [row[0].value for row in openpyxl.load_workbook("dates.xlsx").active.iter_rows()]
print("openpyxl", {str(value) for value in seen})
assert {value.isoformat() for value in seen} == {"2023-03-15T00:00:00"}, seen
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import XLSX from "xlsx";

const book = XLSX.readFile("dates.xlsx");
const shown = XLSX.utils.sheet_to_csv(book.Sheets[book.SheetNames[0]]).trim().split("\n");
console.log(shown);
const [dots, name, years, escaped, slashes] = shown.map((line) => line.split(",")[0]);
assert.deepEqual([escaped, slashes], ["15.03.2023", "15/03/2023"]);
assert.deepEqual([dots, name, years], ["45000", "45000", "45000"], "a full stop is understood now");
JS
python make.py
node look.mjs
