#!/usr/bin/env bash
# SheetJS reads a workbook whose days are counted from 1904, as Excel for the Mac did for long (XlsxWriter: date_1904), with
#   cellDates: true.
# Expected: the cell's value is the date that the cell shows.
# Happens: the two differ by four years and a day: the text is 3/15/23, the value 14 March 2019. So it is in 0.18.5, at
#   which the package of that name has stood still on npm; a build of 0.20.3 under another name has 15 March 2023.
# Matters: sheet_to_json gives the values: dates of old workbooks, and of those copied from them, are off by 1,462 days,
#   while sheet_to_csv of the same sheet is right.
# Source: ECMA-376 part 1, 18.17.4.1 (date bases) and 18.2.28 (workbookPr, date1904); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python XlsxWriter==3.3.1 openpyxl==3.1.5
with_node xlsx@0.18.5 @e965/xlsx@0.20.3
cat > make.py <<'PY'
from datetime import datetime
import openpyxl, xlsxwriter

day = datetime(2023, 3, 15)
with xlsxwriter.Workbook("mac.xlsx", {"date_1904": True}) as book:
    book.add_worksheet().write_datetime(0, 0, day, book.add_format({"num_format": 14}))
assert openpyxl.load_workbook("mac.xlsx").active["A1"].value == day
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import npm from "xlsx";
import * as maintained from "@e965/xlsx";
import fs from "node:fs";

for (const XLSX of [npm, maintained]) {
  const sheet = XLSX.read(fs.readFileSync("mac.xlsx"), { cellDates: true, UTC: true }).Sheets.Sheet1;
  const [text, [[date]]] = [XLSX.utils.sheet_to_csv(sheet), XLSX.utils.sheet_to_json(sheet, { header: 1, UTC: true })];
  console.log(XLSX.version, text, date);
  assert.equal(text.trim(), "3/15/23");
  const year = XLSX === npm ? 2019 : 2023;
  assert.equal(date.getUTCFullYear(), year, "value and text agree in 0.18.5, or differ in 0.20.3, now");
}
JS
TZ=UTC node look.mjs
