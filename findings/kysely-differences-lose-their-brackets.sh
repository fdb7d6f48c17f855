#!/usr/bin/env bash
# Kysely builds an expression from expressions: eb(eb("price", "-", 1), "*", 2), and eb("price", "-", eb("paid", "-", "back")).
# Expected: (price - 1) * 2 and price - (paid - back): the nesting of the calls is the meaning; for and, or and not it writes the brackets.
# Happens: price - 1 * 2 and price - paid - back: inner ones are written without brackets, and the database groups them anew.
# Matters: sums of money from code that reads right are wrong, without an error: 8 for 18, and what was paid back is taken off twice.
# Source: Kysely's pages on expressions (they can be nested) and on eb.parens, which puts brackets by hand; SQLAlchemy and peewee write
#   them; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node kysely@0.29.9 sql.js@1.17.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import initSqlJs from "sql.js";

const db = new (await initSqlJs()).Database();
db.run("create table t (price integer, paid integer, back integer); insert into t values (10, 6, 2)");
const kysely = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (one) => new SqliteIntrospector(one),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
const run = (expression) => {
  const { sql, parameters } = kysely.selectFrom("t").select((eb) => expression(eb).as("x")).compile();
  return [sql, db.exec(sql, parameters)[0].values[0][0]];
};
const seen = [
  run((eb) => eb.not(eb.or([eb("paid", "=", 6), eb("back", "=", 3)]))),
  run((eb) => eb(eb.parens("price", "-", 1), "*", 2)),
  run((eb) => eb(eb("price", "-", 1), "*", 2)),
  run((eb) => eb("price", "-", eb("paid", "-", eb.ref("back")))),
];
console.log(seen);
assert.deepEqual(seen.map(([, value]) => value).slice(0, 2), [0, 18]);
assert.deepEqual(seen.map(([, value]) => value).slice(2), [8, 2], "nested expressions have brackets now");
JS
node look.mjs
