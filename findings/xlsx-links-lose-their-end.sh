#!/usr/bin/env bash
# ExcelJS and SheetJS read links of a workbook that XlsxWriter wrote: to a clause of a page
#   (https://a.example/lease#clause-5), to another sheet, and with two parameters (?q=1&x=2).
# Expected: the addresses, as openpyxl has them and as Excel opens them.
# Happens: ExcelJS has https://a.example/lease, without the clause, and no link to the sheet; both are gone from a file that
#   it writes again. SheetJS has ?q=1&amp;x=2, the escape of XML, in the second parameter's place.
# Matters: citations lead to the top of a page instead of the clause; of an address with parameters the second has another
#   name.
# Source: ECMA-376 part 1, 18.3.1.47 (hyperlink: location); XML 1.0, 2.4; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node exceljs@4.4.0 xlsx@0.18.5
with_python XlsxWriter==3.3.1 openpyxl==3.1.5
cat > make.py <<'PY'
import openpyxl, xlsxwriter

with xlsxwriter.Workbook("links.xlsx") as book:
    sheet = book.add_worksheet("Lease")
    sheet.write_url("A1", "https://a.example/lease#clause-5", string="Clause 5")
    sheet.write_url("A2", "internal:'Lease'!B9", string="Sum")
    sheet.write_url("A3", "https://a.example/?q=1&x=2", string="Query")
links = [row[0].hyperlink for row in openpyxl.load_workbook("links.xlsx").active]
print("openpyxl:", [(link.target, link.location) for link in links])
PY
python make.py
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { Workbook } = require("exceljs");
const XLSX = require("xlsx");

const look = async () => {
  const read = async (path) => {
    const book = new Workbook();
    await book.xlsx.readFile(path);
    return { book, links: [1, 2, 3].map((row) => book.worksheets[0].getCell(`A${row}`).hyperlink) };
  };
  const { book, links } = await read("links.xlsx");
  await book.xlsx.writeFile("again.xlsx");
  const sheet = XLSX.readFile("links.xlsx").Sheets.Lease;
  console.log("ExcelJS:", links, "SheetJS:", sheet.A1.l.Target, sheet.A3.l.Target);
  assert.deepEqual(links, ["https://a.example/lease", undefined, "https://a.example/?q=1&x=2"], "ends are kept now");
  assert.equal(XLSX.readFile("again.xlsx").Sheets.Lease.A1.l.Target, "https://a.example/lease", "ends are kept now");
  assert.equal(sheet.A3.l.Target, "https://a.example/?q=1&amp;x=2", "escapes are undone now");
};
look();
JS
node look.cjs
