#!/usr/bin/env bash
# Knex, Kysely and Drizzle join two queries, of which the second has a limit of its own: all pinned notes, and the one latest of the others.
# Expected: the limit is of the second query, where it was called: four rows (three and one), as peewee writes it, with an inner select.
# Happens: one row: the limit is written behind the second query as it is, and SQL reads it as that of the union.
# Matters: most rows are missing, without an error. An order in the first part is an error, so that it shows; this does not.
# Source: SQLite's page on SELECT (compound SELECT: ORDER BY and LIMIT at the end are of the whole); the three libraries' pages on union;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node knex@3.3.0 kysely@0.28.19 drizzle-orm@0.45.4 sql.js@1.17.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { integer, QueryBuilder, SQLiteSyncDialect, sqliteTable, unionAll } from "drizzle-orm/sqlite-core";
import knex from "knex";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import initSqlJs from "sql.js";

const db = new (await initSqlJs()).Database();
db.run("create table pinned (id integer); insert into pinned values (1), (2), (3)");
db.run("create table notes (id integer); insert into notes values (4), (5), (6)");
const run = (sql, values) => db.exec(sql, values)[0].values.flat();

const kysely = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (one) => new SqliteIntrospector(one),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
const byKysely = kysely.selectFrom("pinned").select("id").unionAll(kysely.selectFrom("notes").select("id").limit(1)).compile();

const sqlite = knex({ client: "sqlite3", useNullAsDefault: true });
const byKnex = sqlite("pinned").select("id").unionAll(sqlite("notes").select("id").limit(1)).toSQL();

const [pinned, notes] = ["pinned", "notes"].map((name) => sqliteTable(name, { id: integer() }));
const drizzle = new QueryBuilder(new SQLiteSyncDialect());
const byDrizzle = unionAll(drizzle.select().from(pinned), drizzle.select().from(notes).limit(1)).toSQL();

const control = run("select id from pinned union all select * from (select id from notes limit 1)");
const seen = [run(byKnex.sql, byKnex.bindings), run(byKysely.sql, byKysely.parameters), run(byDrizzle.sql, byDrizzle.params)];
console.log(byKnex.sql, byKysely.sql, byDrizzle.sql, control, seen);
assert.deepEqual(control, [1, 2, 3, 4]);
assert.deepEqual(seen, [[1], [1], [1]], "the limit is of its own query now");
JS
node look.mjs
