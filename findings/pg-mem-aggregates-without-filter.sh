#!/usr/bin/env bash
# pg-mem stands in for PostgreSQL in tests; a report sums the rents that are paid: SUM(rent) FILTER (WHERE paid), and lists the rents from
#   the highest: ARRAY_AGG(rent ORDER BY rent DESC).
# Expected: 10, and 10, 5, 2, as PGlite gives them, which is PostgreSQL itself; or an error, which pg-mem gives for parts of a statement
#   that it has not read.
# Happens: 17, the sum of all, and 5, 10, 2: filter and order are passed over without a word.
# Matters: the test of a report is green with the wrong sum, or red with the right query.
# Source: PostgreSQL's documentation, 4.2.7 (only rows for which the filter is true are fed to the function); PGlite's result, shown
#   below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pg-mem@3.0.14 @electric-sql/pglite@0.5.16
cat > look.mjs <<'JS'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";
import { newDb } from "pg-mem";

const tables = `CREATE TABLE rents (rent int, paid boolean);
    INSERT INTO rents VALUES (5, false), (10, true), (2, false);`;
const query = `SELECT SUM(rent)::int AS total, SUM(rent) FILTER (WHERE paid)::int AS paid,
    COUNT(*) FILTER (WHERE paid)::int AS many, ARRAY_AGG(rent ORDER BY rent DESC) AS list FROM rents`;
const real = new PGlite(), mock = newDb().public;
await real.exec(tables);
mock.none(tables);
const expected = { ...(await real.query(query)).rows[0] }, seen = { ...mock.one(query) };
console.log("PostgreSQL", expected, "pg-mem", seen);
assert.deepEqual(expected, { total: 17, paid: 10, many: 1, list: [10, 5, 2] });
assert.deepEqual(seen, { total: 17, paid: 17, many: 3, list: [5, 10, 2] }, "filter and order are kept now");
JS
node look.mjs
