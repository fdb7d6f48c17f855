#!/usr/bin/env bash
# ExcelJS and read-excel-file read a workbook whose days are counted from 1904; the file says so as LibreOffice writes it,
#   date1904="true".
# Expected: 15 March 2023: "true" and "1" are the same value of the type that the attribute has.
# Happens: only "1" is understood; with "true" the day is 14 March 2019.
# Matters: a list from a Mac that was saved in LibreOffice has all of its dates four years and a day too early, with no
#   error, in a program that reads the original rightly.
# Source: ECMA-376 part 1, 18.2.28 (date1904 is an xsd:boolean) and XML Schema part 2, 3.2.2; python-calamine and openpyxl
#   read both; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python XlsxWriter==3.3.1 openpyxl==3.1.5
with_node exceljs@4.4.0 read-excel-file@9.3.17
cat > make.py <<'PY'
import zipfile
from datetime import datetime
import openpyxl, xlsxwriter

day = datetime(2023, 3, 15)
with xlsxwriter.Workbook("one.xlsx", {"date_1904": True}) as book:
    book.add_worksheet().write_datetime(0, 0, day, book.add_format({"num_format": 14}))
with zipfile.ZipFile("one.xlsx") as source, zipfile.ZipFile("true.xlsx", "w") as target:
    for part in source.namelist():
        target.writestr(part, source.read(part).replace(b'date1904="1"', b'date1904="true"'))
assert all(openpyxl.load_workbook(name).active["A1"].value == day for name in ("one.xlsx", "true.xlsx"))
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import ExcelJS from "exceljs";
import readXlsx from "read-excel-file/node";

const day = (date) => date.toISOString().slice(0, 10);
const days = async (path) => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return [day(book.worksheets[0].getCell("A1").value), day((await readXlsx(path))[0].data[0][0])];
};
console.log(await days("one.xlsx"), await days("true.xlsx"));
assert.deepEqual(await days("one.xlsx"), ["2023-03-15", "2023-03-15"]);
assert.deepEqual(await days("true.xlsx"), ["2019-03-14", "2019-03-14"], "true is understood now");
JS
node look.mjs
