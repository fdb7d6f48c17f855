#!/usr/bin/env bash
# Knex takes the next open job: knex("jobs").where("state", "open").orderBy("id").limit(1).update({ state: "taken" }), on SQLite.
# Expected: one row, or an error: a delete with a limit is refused ("has no effect on a delete statement").
# Happens: the limit and the order are left out without a word: update `jobs` set `state` = 'taken' where `state` = 'open', all rows. So it
#   is on PostgreSQL; MySQL and SQL Server get the limit.
# Matters: all open jobs are taken and one is done; what works on MySQL changes every row after a move to SQLite or PostgreSQL.
# Source: Knex's documentation of limit and update (no word on it); its own error for delete; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node knex@3.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import knex from "knex";

const jobs = (client) => knex({ client, useNullAsDefault: true })("jobs").where("state", "open").orderBy("id").limit(1);
const updates = ["sqlite3", "pg", "mysql2"].map((client) => jobs(client).update({ state: "taken" }).toString());
console.log(updates);
assert.throws(() => jobs("sqlite3").del().toString(), /has no effect/);
assert.equal(updates[2], "update `jobs` set `state` = 'taken' where `state` = 'open' order by `id` asc limit 1");
assert.equal(updates[0], "update `jobs` set `state` = 'taken' where `state` = 'open'", "the limit is kept or refused now");
assert.equal(updates[1], `update "jobs" set "state" = 'taken' where "state" = 'open'`, "the limit is kept or refused now");
JS
node look.mjs
