#!/usr/bin/env bash
# json-2-csv writes rows that do not all have the same fields: [{"a": 1, "b": "x"}, {"a": 2}, {"b": null}].
# Expected: empty cells for what is missing, as PapaParse, csv-stringify and spreadsheets have them.
# Happens: the words "undefined" and "null" stand in the cells. The option emptyFieldValue has to be given.
# Matters: a spreadsheet shows them as words, counts them as filled cells and sorts them among the names; other readers take them for the
#   text of a customer.
# Source: RFC 4180, 2 (a field may be empty); json-2-csv's README (emptyFieldValue has no default); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node json-2-csv@5.6.0 csv-stringify@6.9.0 csv-parse@7.0.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { json2csv } from "json-2-csv";

const ROWS = [{ a: 1, b: "x" }, { a: 2 }, { a: 3, b: null }];
const read = (text) => parse(text, { columns: true }).map((row) => row.b);
const seen = read(json2csv(ROWS));
console.log(seen, read(stringify(ROWS, { header: true })), read(json2csv(ROWS, { emptyFieldValue: "" })));
assert.deepEqual(read(stringify(ROWS, { header: true })), ["x", "", ""]);
assert.deepEqual(read(json2csv(ROWS, { emptyFieldValue: "" })), ["x", "", ""]);
assert.deepEqual(seen, ["x", "undefined", "null"], "missing fields are empty now");
JS
node look.mjs
