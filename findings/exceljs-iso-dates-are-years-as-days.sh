#!/usr/bin/env bash
# ExcelJS reads a workbook that openpyxl wrote with dates in the form of ISO 8601 (iso_dates; cells of type "d"), as Excel
#   writes them in its strict format.
# Expected: 15 March 2023 and 2 January 2024, as openpyxl, python-calamine and SheetJS read them.
# Happens: 15 and 16 July 1905: the number at the beginning, the year, is taken for the number of a day, and month, day and
#   hour are dropped.
# Matters: dates of invoices become dates in one summer of 1905, with no error; all days of a year become one day.
# Source: ECMA-376 part 1, 18.18.11 (ST_CellType: d, a date of ISO 8601); openpyxl's documentation (iso_dates); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python openpyxl==3.1.5 python-calamine==0.9.1
with_node exceljs@4.4.0
cat > make.py <<'PY'
from datetime import date, datetime
import openpyxl, python_calamine

book = openpyxl.Workbook()
book.iso_dates = True
book.active.append([datetime(2023, 3, 15), datetime(2023, 11, 30, 9, 30), datetime(2024, 1, 2)])
book.save("dates.xlsx")
row = python_calamine.CalamineWorkbook.from_path("dates.xlsx").get_sheet_by_index(0).to_python()[0]
print(row)
assert str(row[0])[:10] == "2023-03-15" and str(row[2])[:10] == "2024-01-02"
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import ExcelJS from "exceljs";

const book = new ExcelJS.Workbook();
await book.xlsx.readFile("dates.xlsx");
const days = book.worksheets[0].getRow(1).values.slice(1).map((date) => date.toISOString().slice(0, 10));
console.log(days);
assert.deepEqual(days, ["1905-07-15", "1905-07-15", "1905-07-16"], "the dates are read now");
JS
node look.mjs
