#!/usr/bin/env bash
# Drizzle joins people with their cards and selects a part of each: { id, card: { note: cards.note, until: cards.until } }, leftJoin.
# Expected: null for card where there is none, and { note: null, until: null } for a card on which neither is filled in.
# Happens: null for both: a joined part whose selected columns are all empty is taken for no row. With the card's id selected it is there.
# Matters: people who have a card are shown as having none, and a second one is made; the same query with one column more tells otherwise.
# Source: Drizzle's page on joins (in a partial select, the joined object is null if there is no row); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node drizzle-orm@0.45.4 sql.js@1.17.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/sql-js";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import initSqlJs from "sql.js";

const sqlite = new (await initSqlJs()).Database();
sqlite.run("create table people (id integer primary key); insert into people values (1), (2)");
sqlite.run("create table cards (id integer primary key, person integer, note text, until text); insert into cards (person) values (1)");
const people = sqliteTable("people", { id: integer().primaryKey() });
const cards = sqliteTable("cards", { id: integer().primaryKey(), person: integer(), note: text(), until: text() });
const joined = (card) => drizzle(sqlite).select({ id: people.id, card }).from(people).leftJoin(cards, eq(cards.person, people.id)).all();
const part = { note: cards.note, until: cards.until };
const seen = [joined({ id: cards.id, ...part }), joined(part)];
console.log(JSON.stringify(seen));
assert.deepEqual(seen[0], [{ id: 1, card: { id: 1, note: null, until: null } }, { id: 2, card: null }]);
assert.deepEqual(seen[1], [{ id: 1, card: null }, { id: 2, card: null }], "the card without values is there now");
JS
node look.mjs
