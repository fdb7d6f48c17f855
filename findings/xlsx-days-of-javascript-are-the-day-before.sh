#!/usr/bin/env bash
# ExcelJS and excel4node (npm) write a day into a workbook on a machine in Berlin: 5 March 2024, new Date(2024, 2, 5), as
#   forms and databases give it; SheetJS writes the same one.
# Expected: 5 March, as SheetJS has it: a workbook has no zones, and local time is what was meant.
# Happens: 4 March, 23:00, in summer 22:00, from both: the parts in UTC are written. With a format of a day alone one sees 4
#   March.
# Matters: due dates and birthdays are a day early east of Greenwich, and right on servers in UTC, where it is tested; files
#   of the three do not agree.
# Source: ECMA-376 part 1, 18.17.4 (dates are local, without a zone); the READMEs, which speak of UTC for CSV only (ExcelJS:
#   dateUTC) or not at all; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node exceljs@4.4.0 excel4node@1.8.2 xlsx@0.18.5
with_python openpyxl==3.1.5
cat > make.cjs <<'JS'
const excel4node = require("excel4node");
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");

const make = async () => {
  const day = new Date(2024, 2, 5);
  const first = new ExcelJS.Workbook();
  first.addWorksheet("Days").getCell("A1").value = day;
  await first.xlsx.writeFile("exceljs.xlsx");
  const second = new excel4node.Workbook();
  second.addWorksheet("Days").cell(1, 1).date(day);
  require("node:fs").writeFileSync("excel4node.xlsx", await second.writeToBuffer());
  const third = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(third, XLSX.utils.aoa_to_sheet([[day]]), "Days");
  XLSX.writeFile(third, "sheetjs.xlsx");
};
make();
JS
TZ=Europe/Berlin node make.cjs
cat > look.py <<'PY'
import datetime
import openpyxl

seen = {name: openpyxl.load_workbook(f"{name}.xlsx").active["A1"].value for name in ("exceljs", "excel4node", "sheetjs")}
print(seen)
assert seen["sheetjs"] == datetime.datetime(2024, 3, 5)
assert seen["exceljs"] == seen["excel4node"] == datetime.datetime(2024, 3, 4, 23), "days are kept now"
PY
python look.py
