#!/usr/bin/env bash
# tabletojson (npm) reads a table of a page with a row of headings, Item, 2023, 2024, and a heading before each row, as <th
#   scope="row">: Rent 910, 950; Fee 20, 25.
# Expected: {"Item": "Rent", "2023": "910", "2024": "950"}, as pandas and html-table-extractor have it.
# Happens: {"2023": "950", "Fee": "910"}: the last heading of a row is taken for the name of the first column, and each value
#   moves one column to the left. The rent of 2024 stands under 2023; "Rent" is gone.
# Matters: tables of statistics, of Wikipedia and of accessible pages are made so; numbers are given for other years.
# Source: HTML's standard, 4.9.10 (th with scope="row" heads its row); the README speaks of an unexpected result without saying
#   which; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node tabletojson@4.1.15
with_python html-table-extractor==1.4.1
cat > page.html <<'HTML'
<table><thead><tr><th>Item</th><th>2023</th><th>2024</th></tr></thead><tbody>
<tr><th scope="row">Rent</th><td>910</td><td>950</td></tr>
<tr><th scope="row">Fee</th><td>20</td><td>25</td></tr></tbody></table>
HTML
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { tabletojson } from "tabletojson";

const page = fs.readFileSync("page.html", "utf8");
const plain = tabletojson.convert(page.replaceAll('th scope="row"', "td").replace(/(Rent|Fee)<\/th>/g, "$1</td>"))[0];
const seen = tabletojson.convert(page)[0];
console.log(plain, seen);
assert.deepEqual(plain[0], { Item: "Rent", 2023: "910", 2024: "950" });
assert.deepEqual(seen[0], { 2023: "950", Fee: "910" }, "values stand below their years now");
assert.deepEqual(seen[1], { 2023: "25", Fee: "20" });
JS
node look.mjs
cat > look.py <<'PY'
from html_table_extractor.extractor import Extractor

extractor = Extractor(open("page.html", encoding="utf-8").read())
extractor.parse()
print(extractor.return_list())
assert extractor.return_list()[1] == ["Rent", "910", "950"]
PY
python look.py
