#!/usr/bin/env bash
# openpyxl opens a workbook that excel4node (npm) wrote, with a link in a cell; SheetJS opens it as well.
# Expected: the link, as SheetJS has it: both packages are common.
# Happens: openpyxl refuses the whole workbook with a TypeError on "address": excel4node writes an attribute of this name to
#   each link, which the format does not have. Without a link all is read.
# Matters: exports of Node servers cannot be read by Python's tools as soon as one cell has a link, and the message speaks of
#   neither.
# Source: ECMA-376 part 1, 18.3.1.47 (hyperlink: its attributes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node excel4node@1.8.2 xlsx@0.18.5
with_python openpyxl==3.1.5
cat > make.cjs <<'JS'
const fs = require("node:fs");
const excel4node = require("excel4node");
const XLSX = require("xlsx");

const make = async (path, link) => {
  const book = new excel4node.Workbook();
  const sheet = book.addWorksheet("Lease");
  sheet.cell(1, 1).string("Rent");
  if (link) sheet.cell(2, 1).link("https://a.example/lease", "Lease");
  fs.writeFileSync(path, await book.writeToBuffer());
};
const look = async () => {
  await make("plain.xlsx", false);
  await make("link.xlsx", true);
  console.log("SheetJS:", XLSX.readFile("link.xlsx").Sheets.Lease.A2.l.Target);
};
look();
JS
node make.cjs
cat > look.py <<'PY'
import openpyxl

assert openpyxl.load_workbook("plain.xlsx").active["A1"].value == "Rent"
try:
    openpyxl.load_workbook("link.xlsx")
    seen = "opened"
except TypeError as error:
    seen = str(error)
print(seen)
assert "address" in seen, "links are read now"
PY
python look.py
