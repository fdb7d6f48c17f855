#!/usr/bin/env bash
# Data-Forge makes a frame of JSON rows of which the first has fewer fields, and writes it as CSV.
# Expected: all columns, as pandas has them; concat of two frames of Data-Forge has them all.
# Happens: only the columns of the first row are there: the others are in the rows still, and are not written, not listed and not counted.
# Matters: answers of services leave out empty fields; what is missing in the first row is missing in the whole export.
# Source: Data-Forge's documentation of the constructor (considerAllRows, off by default) and of toCSV; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node data-forge@1.10.5
with_python pandas==3.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as dataForge from "data-forge";

const ROWS = [{ name: "pump" }, { name: "seal", price: 5 }];
const frame = new dataForge.DataFrame(ROWS);
const all = new dataForge.DataFrame({ values: ROWS, considerAllRows: true });
const joined = dataForge.DataFrame.concat(ROWS.map((row) => new dataForge.DataFrame([row])));
console.log(JSON.stringify([frame.toCSV(), all.toCSV(), joined.toCSV(), frame.toArray()]));
assert.equal(all.toCSV(), "name,price\r\npump,\r\nseal,5");
assert.equal(joined.toCSV(), "name,price\r\npump,\r\nseal,5");
assert.deepEqual(frame.toArray(), ROWS);
assert.equal(frame.toCSV(), "name\r\npump\r\nseal", "all columns are written now");
JS
node look.mjs
python -c '
import pandas
seen = list(pandas.DataFrame([{"name": "pump"}, {"name": "seal", "price": 5}]).columns)
print("pandas:", seen)
assert seen == ["name", "price"]'
