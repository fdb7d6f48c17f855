#!/usr/bin/env bash
# tabletojson (npm) reads a bill with the columns Item, Number and Price; in the last row "Total" goes over two columns.
# Expected: the total under Price, as pandas and html-table-extractor have it; cells over two rows are put in their place.
# Happens: {"Item": "Total", "Number": "970"}: what follows a cell over two columns moves to the left, and Price is not there.
# Matters: totals become numbers of pieces; sums over the column of prices lack them or take others.
# Source: HTML's standard, 4.9.12 (forming a table: a cell with colspan takes that many places); the README of tabletojson on
#   rowspan; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node tabletojson@4.1.15
with_python html-table-extractor==1.4.1
cat > page.html <<'HTML'
<table><tr><th>Item</th><th>Number</th><th>Price</th></tr><tr><td rowspan="2">Rent</td><td>1</td><td>950</td></tr>
<tr><td>2</td><td>20</td></tr><tr><td colspan="2">Total</td><td>970</td></tr></table>
HTML
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { tabletojson } from "tabletojson";

const seen = tabletojson.convert(fs.readFileSync("page.html", "utf8"))[0];
console.log(seen);
assert.deepEqual(seen[1], { Item: "Rent", Number: "2", Price: "20" });
assert.deepEqual(seen[2], { Item: "Total", Number: "970" }, "columns are counted now");
JS
node look.mjs
cat > look.py <<'PY'
from html_table_extractor.extractor import Extractor

extractor = Extractor(open("page.html", encoding="utf-8").read())
extractor.parse()
print(extractor.return_list())
assert extractor.return_list()[3] == ["Total", "Total", "970"]
PY
python look.py
