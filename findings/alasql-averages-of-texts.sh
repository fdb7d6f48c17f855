#!/usr/bin/env bash
# AlaSQL computes AVG, SUM, MIN and MAX of a column whose numbers are text, as readers of CSV and web forms give them: "10", "20".
# Expected: 15, 30, 10 and 20, as SQLite and MySQL do it, or an error; r > 9 and r * 2 take them as numbers here as well.
# Happens: the average is 510: the texts are joined to "1020" and divided by two. SUM, MIN and MAX are not in the row at all, so are the
#   first and last of dates written 2024-03-05.
# Matters: figures of reports are too large by powers of ten with each row, and only for files in which nothing was converted; a missing
#   key is shown as an empty cell.
# Source: SQL:2016 (AVG and SUM of numbers, MIN and MAX of texts too); SQLite's documentation (numeric texts in sums); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node alasql@4.19.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import alasql from "alasql";

const rows = [{ r: "10" }, { r: "20" }];
const one = (sql, data) => JSON.parse(JSON.stringify(alasql(sql, [data])[0]));
const seen = one("SELECT AVG(r) AS mean, SUM(r) AS whole, MIN(r) AS low, MAX(r) AS high FROM ?", rows);
const dates = one("SELECT MIN(d) AS earliest, MAX(d) AS latest FROM ?", [{ d: "2024-03-05" }, { d: "2023-01-01" }]);
console.log(seen, dates, alasql("SELECT r * 2 AS twice FROM ? WHERE r > 9", [rows]));
assert.deepEqual(one("SELECT AVG(r) AS mean, SUM(r) AS whole FROM ?", [{ r: 10 }, { r: 20 }]), { mean: 15, whole: 30 });
assert.deepEqual(seen, { mean: 510 }, "texts are added as numbers now");
assert.deepEqual(dates, {}, "MIN and MAX know texts now");
JS
node look.mjs
python3 - <<'PY'
import sqlite3
print("SQLite:", sqlite3.connect(":memory:").execute("SELECT AVG(r), SUM(r), MIN(r), MAX(r) FROM (SELECT '10' AS r UNION SELECT '20')").fetchone())
PY
