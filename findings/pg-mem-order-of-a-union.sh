#!/usr/bin/env bash
# pg-mem stands in for PostgreSQL in tests; a list is put together of two tables (UNION ALL), by name (ORDER BY name), and its first two
#   rows are taken.
# Expected: the rows of both in one order, as PGlite gives them, which is PostgreSQL itself.
# Happens: those of the second table only are put in order, and come behind all of the first; the limit holds for the second alone.
# Matters: pages of lists are tested with other rows than the service shows.
# Source: PostgreSQL's documentation, SELECT (without brackets, ORDER BY and LIMIT apply to the result of the UNION); PGlite's result,
#   shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pg-mem@3.0.14 @electric-sql/pglite@0.5.16
cat > look.mjs <<'JS'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";
import { newDb } from "pg-mem";

const tables = `CREATE TABLE files (name text); CREATE TABLE mails (name text);
    INSERT INTO files VALUES ('south'), ('berth'); INSERT INTO mails VALUES ('pier'), ('anchor'), ('quay');`;
const queries = ["SELECT name FROM files ORDER BY name", "SELECT name FROM files UNION ALL SELECT name FROM mails ORDER BY name",
    "SELECT name FROM files UNION ALL SELECT name FROM mails ORDER BY name LIMIT 2"];
const real = new PGlite(), mock = newDb().public;
await real.exec(tables);
mock.none(tables);
const names = (rows) => rows.map(({ name }) => name).join(" ");
const expected = [], seen = [];
for (const query of queries) {
    expected.push(names((await real.query(query)).rows));
    seen.push(names(mock.many(query)));
}
console.log("PostgreSQL", expected, "pg-mem", seen);
assert.deepEqual(expected, ["berth south", "anchor berth pier quay south", "anchor berth"]);
assert.deepEqual(seen, ["berth south", "south berth anchor pier quay", "south berth anchor pier"], "one order for all now");
JS
node look.mjs
