#!/usr/bin/env bash
# Knex leaves out one thing: whereNot({ city: "Kiel", year: 2024 }), all rows but those of Kiel in 2024; and orWhereNot of the same.
# Expected: not (city = 'Kiel' and year = 2024): where({...}) with "and" inside, turned round. So it is with a function instead.
# Happens: not city = 'Kiel' and not year = 2024: all rows of Kiel and all of 2024 are left out. orWhereNot({...}) joins the same parts with
#   "or", so that it does mean "not both".
# Matters: the query gives too few rows, without an error, and whereNot and orWhereNot of one object are opposites of different things.
# Source: logic, and Knex's documentation of where with an object (all must hold); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node knex@3.3.0 sql.js@1.17.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import knex from "knex";
import initSqlJs from "sql.js";

const db = new (await initSqlJs()).Database();
db.run("create table t (id integer primary key, city text, year integer)");
db.run("insert into t (city, year) values ('Kiel', 2024), ('Kiel', 2023), ('Riga', 2024), ('Riga', 2023)");
const rows = () => knex({ client: "sqlite3", useNullAsDefault: true })("t").select("id");
const one = { city: "Kiel", year: 2024 };
const queries = [rows().whereNot((inner) => inner.where(one)), rows().whereNot(one), rows().where("id", 0).orWhereNot(one)];
const seen = queries.map((query) => db.exec(query.toString())[0].values.flat());
console.log(queries.map(String), seen);
assert.deepEqual(seen[0], [2, 3, 4]);
assert.deepEqual(seen[1], [4], "all rows but one are found now");
assert.deepEqual(seen[2], [2, 3, 4]);
JS
node look.mjs
