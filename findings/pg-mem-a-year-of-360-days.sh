#!/usr/bin/env bash
# pg-mem stands in for PostgreSQL in tests; the end of a lease is its first day and a year, the reminder comes a month before:
#   first + INTERVAL '1 year', first - INTERVAL '1 month'.
# Expected: 5 March of the next year, and 5 February, as PGlite gives them, which is PostgreSQL itself.
# Happens: 28 February and 4 February: a year is 360 days and a month 30.
# Matters: dates of ends and reminders are wrong by days in tests; a test that holds on to them fails with the real database.
# Source: PostgreSQL's documentation, 9.9 (intervals of months and years go by the calendar); PGlite's result, shown below; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pg-mem@3.0.14 @electric-sql/pglite@0.5.16
export TZ=UTC
cat > look.mjs <<'JS'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";
import { newDb } from "pg-mem";

const tables = "CREATE TABLE leases (first date); INSERT INTO leases VALUES ('2024-03-05');";
const query = `SELECT (first + INTERVAL '1 year')::date AS year, (first - INTERVAL '1 month')::date AS month,
    (first + INTERVAL '2 days')::date AS days FROM leases`;
const real = new PGlite(), mock = newDb().public;
await real.exec(tables);
mock.none(tables);
const days = (row) => Object.values(row).map((date) => new Date(date).toISOString().slice(0, 10));
const expected = days((await real.query(query)).rows[0]), seen = days(mock.one(query));
console.log("PostgreSQL", expected, "pg-mem", seen);
assert.deepEqual(expected, ["2025-03-05", "2024-02-05", "2024-03-07"]);
assert.deepEqual(seen, ["2025-02-28", "2024-02-04", "2024-03-07"], "years and months go by the calendar now");
JS
node look.mjs
