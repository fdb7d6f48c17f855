#!/usr/bin/env bash
# SheetJS (xlsx of npm) reads a workbook whose list of texts holds an empty one, written <si/>.
# Expected: that cell is empty and the others have their own texts: <si/> and <si></si> are the same XML, and all that may
#   stand in an si is optional.
# Happens: <si/> is not counted, so every cell with a later text shows the text after its own: "North pier" is shown as
#   "closed", "South pier" as "open", and the last cell is empty. With <si></si> all is right.
# Matters: rows of a list get the names and states of other rows, in silence; programs that write workbooks with an XML
#   library (the SDK for .NET among them) write an empty text this way.
# Source: ECMA-376 part 1, 18.4.8 (si) and its schema; XML 1.0, 3.1 (empty elements); openpyxl reads it so; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python openpyxl==3.1.5 XlsxWriter==3.3.1
with_node xlsx@0.18.5
cat > make.py <<'PY'
import zipfile, openpyxl, xlsxwriter

TEXTS = ["Site", "-", "North pier", "closed", "South pier", "open"]
with xlsxwriter.Workbook("plain.xlsx") as book:
    book.add_worksheet().write_row(0, 0, TEXTS)
for name, empty in (("long.xlsx", "<si></si>"), ("short.xlsx", "<si/>")):
    with zipfile.ZipFile("plain.xlsx") as source, zipfile.ZipFile(name, "w") as target:
        for part in source.namelist():
            target.writestr(part, source.read(part).decode().replace("<si><t>-</t></si>", empty))
    row = [cell.value or "" for cell in openpyxl.load_workbook(name).active[1]]
    assert row == ["Site", "", *TEXTS[2:]], row
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import XLSX from "xlsx";

const row = (path) => {
  const sheet = XLSX.readFile(path).Sheets.Sheet1;
  return XLSX.utils.sheet_to_json(sheet, { header: 1, defval: "" })[0];
};
console.log(row("long.xlsx"), row("short.xlsx"));
assert.deepEqual(row("long.xlsx"), ["Site", "", "North pier", "closed", "South pier", "open"]);
assert.deepEqual(row("short.xlsx").slice(2), ["closed", "South pier", "open", ""], "texts stay in their cells now");
JS
node look.mjs
