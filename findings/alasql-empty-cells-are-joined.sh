#!/usr/bin/env bash
# AlaSQL joins flats with contracts by the number of the contract; some flats and some contracts have none (null).
# Expected: only the flat with a number gets a contract: in SQL null equals nothing, not even null; AlaSQL itself takes it so in
#   WHERE f.contract = c.number.
# Happens: each flat without a number gets every contract without one, with JOIN, LEFT JOIN and USING.
# Matters: rows are multiplied and names stand where there are none; two queries that are the same by the standard differ. Sums over the
#   join count empty rows many times.
# Source: SQL:2016 (comparison with null is unknown; a join keeps rows for which its condition is true), SQLite as here; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node alasql@4.19.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import alasql from "alasql";

const flats = [{ flat: 1, number: null }, { flat: 2, number: null }, { flat: 3, number: 7 }];
const contracts = [{ number: null, name: "draft" }, { number: 7, name: "Smith" }];
const pairs = (sql) => alasql(sql, [flats, contracts]).map((row) => `${row.flat} ${row.name}`);
const joined = pairs("SELECT f.flat, c.name FROM ? f JOIN ? c ON f.number = c.number");
const where = pairs("SELECT f.flat, c.name FROM ? f, ? c WHERE f.number = c.number");
console.log(joined, where, pairs("SELECT f.flat, c.name FROM ? f LEFT JOIN ? c ON f.number = c.number"));
assert.deepEqual(where, ["3 Smith"]);
assert.deepEqual(joined, ["1 draft", "2 draft", "3 Smith"], "null equals nothing now");
JS
node look.mjs
