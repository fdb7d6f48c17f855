#!/usr/bin/env bash
# ExcelJS reads a time sheet: a sum of 36:30 hours (format [h]:mm) and half past nine (hh:mm).
# Expected: a number, as other cells have (1.52 days), or a text: 36:30, as it is shown. openpyxl gives a timedelta and a time.
# Happens: points in time of the year 1899: 31 December, 12:30 UTC; cell.text has them in the form of JavaScript's dates, and the
#   36 hours cannot be told from half past twelve.
# Matters: sums of hours, opening hours and durations are stored as dates of another century, or shown without their days.
# Source: ECMA-376 part 1, 18.8.31 (numFmts: [h] counts hours beyond a day); ExcelJS's README (cell.text is what
#   to put into a form); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python openpyxl==3.1.5
with_node exceljs@4.4.0
cat > look.py <<'PY'
import datetime

import openpyxl

book = openpyxl.Workbook()
book.active["A1"] = datetime.timedelta(hours=36, minutes=30)
book.active["A1"].number_format = "[h]:mm"
book.active["A2"] = datetime.time(9, 30)
book.active["A2"].number_format = "hh:mm"
book.save("t.xlsx")
sheet = openpyxl.load_workbook("t.xlsx").active
print("openpyxl:", repr(sheet["A1"].value), sheet["A2"].value)
assert sheet["A1"].value == datetime.timedelta(hours=36, minutes=30) and sheet["A2"].value == datetime.time(9, 30)
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import ExcelJS from "exceljs";

const book = new ExcelJS.Workbook();
await book.xlsx.readFile("t.xlsx");
const cells = ["A1", "A2"].map((place) => book.worksheets[0].getCell(place));
console.log("ExcelJS:", JSON.stringify(cells.map((cell) => [cell.value, cell.text])));
const DATES = ["1899-12-31T12:30:00.000Z", "1899-12-30T09:30:00.000Z"];
assert.deepEqual(cells.map((cell) => cell.value.toISOString()), DATES, "no dates now");
assert.ok(cells.every((cell) => cell.text.includes("1899")), "the text is what is shown now");
JS
TZ=UTC node look.mjs
