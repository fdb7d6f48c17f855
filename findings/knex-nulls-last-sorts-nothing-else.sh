#!/usr/bin/env bash
# Knex sorts rows with the ones without a value last: orderBy("n", "desc", "last") on SQLite, for 3, nothing, 1, 2, nothing.
# Expected: 3, 2, 1, then the two without a value, as on PostgreSQL, where it writes "n" desc nulls last.
# Happens: order by (`n` is null) desc: the values are not sorted at all, and the rows without one come first; with "asc", "last" they are
#   last, and 3, 1, 2 stay as they were stored. MySQL and SQL Server get the same.
# Matters: the newest or cheapest rows of a list, with a limit, are any rows; with test data that is stored in order it looks right.
# Source: Knex's documentation of orderBy (nulls: where the rows without a value are put); its issue 5135; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node knex@3.3.0 sql.js@1.17.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import knex from "knex";
import initSqlJs from "sql.js";

const db = new (await initSqlJs()).Database();
db.run("create table t (n integer); insert into t values (3), (null), (1), (2), (null)");
const sqlite = knex({ client: "sqlite3", useNullAsDefault: true });
const query = (...order) => sqlite("t").select("n").orderBy(...order).toString();
const run = (text) => db.exec(text)[0].values.flat();
const texts = [query("n", "desc"), query("n", "asc", "last"), query("n", "desc", "last")];
const seen = texts.map(run);
console.log(texts, seen, knex({ client: "pg" })("t").orderBy("n", "desc", "last").toString());
assert.deepEqual(seen[0], [3, 2, 1, null, null]);
assert.deepEqual(seen[1], [3, 1, 2, null, null], "the values are sorted now");
assert.deepEqual(seen[2], [null, null, 3, 1, 2], "rows without a value are last now");
JS
node look.mjs
