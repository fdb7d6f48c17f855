#!/usr/bin/env bash
# pg-mem stands in for PostgreSQL in tests; documents have an owner or none, and those "WHERE owner NOT IN ('anna')" are asked for, and
#   deleted.
# Expected: Ben's: for a row without an owner the condition is not known, which does not count as true; owner <> 'anna' has it so here
#   too. PGlite, which is PostgreSQL itself, gives one row.
# Happens: the rows without an owner are found, and deleted, as well. So with NOT IN (SELECT ...).
# Matters: the test of a filter or a clean-up is green, and the service does something else with rows that have gaps.
# Source: PostgreSQL's documentation, 9.24 (NOT IN: the result is null if the left side is null); PGlite's result, shown below; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pg-mem@3.0.14 @electric-sql/pglite@0.5.16
cat > look.mjs <<'JS'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";
import { newDb } from "pg-mem";

const tables = `CREATE TABLE documents (id int, owner text);
    INSERT INTO documents VALUES (1, 'anna'), (2, 'ben'), (3, NULL);`;
const queries = ["SELECT id FROM documents WHERE owner <> 'anna'", "SELECT id FROM documents WHERE owner NOT IN ('anna')",
    "DELETE FROM documents WHERE owner NOT IN (SELECT owner FROM documents WHERE id = 1) RETURNING id"];
const real = new PGlite(), mock = newDb().public;
await real.exec(tables);
mock.none(tables);
const ids = (rows) => rows.map(({ id }) => id);
const expected = [], seen = [];
for (const query of queries) {
    expected.push(ids((await real.query(query)).rows));
    seen.push(ids(mock.many(query)));
}
console.log("PostgreSQL", expected, "pg-mem", seen);
assert.deepEqual(expected, [[2], [2], [2]]);
assert.deepEqual(seen, [[2], [2, 3], [2, 3]], "rows without a value are left out now");
JS
node look.mjs
