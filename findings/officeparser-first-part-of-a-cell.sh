#!/usr/bin/env bash
# officeparser (npm) reads a workbook that XlsxWriter wrote row by row (constant_memory), with a cell of which a part is
#   marked: H2O with a lowered 2, PPR-9087 with two bold figures.
# Expected: the whole text, as from the same program without that setting, when texts stand in a list of their own.
# Happens: the first part alone: "H", "PPR-". Cells without marks are whole.
# Matters: numbers and formulas are cut off where a mark begins, in large exports of all files.
# Source: ECMA-376 part 1, 18.3.1.53 (is holds runs, as si does); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python XlsxWriter==3.3.1 openpyxl==3.1.5
with_node officeparser@7.8.0
cat > make.py <<'PY'
import openpyxl, xlsxwriter

for name, options in (("listed.xlsx", {}), ("streamed.xlsx", {"constant_memory": True})):
    with xlsxwriter.Workbook(name, options) as book:
        sheet, low, bold = book.add_worksheet(), book.add_format({"font_script": 2}), book.add_format({"bold": True})
        sheet.write_rich_string(0, 0, "H", low, "2", "O")
        sheet.write_rich_string(1, 0, "PPR-", bold, "90", "87")
    assert [row[0] for row in openpyxl.load_workbook(name).active.values] == ["H2O", "PPR-9087"]
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";

const lines = async (path) => (await officeParser.parseOffice(path)).toText().split("\n");
console.log(await lines("listed.xlsx"), await lines("streamed.xlsx"));
assert.deepEqual(await lines("listed.xlsx"), ["H2O", "PPR-9087"]);
assert.deepEqual(await lines("streamed.xlsx"), ["H", "PPR-"], "all parts of a cell are read now");
JS
node look.mjs
