#!/usr/bin/env bash
# Knex books two amounts on one account in one query: .increment("balance", 10).decrement("balance", 4), or two increments.
# Expected: balance + 10 - 4, or an error: for update({ balance: 1 }).increment("balance", 10) it warns that the increment is passed over.
# Happens: balance - 4: each call replaces the one before for the same column, without a warning. For different columns both are kept.
# Matters: queries that are put together in a loop, one item of an order after the other, book only the last.
# Source: Knex's documentation of increment and decrement, and of clearCounters, which is there to take the earlier ones back; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node knex@3.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import knex from "knex";

const accounts = () => knex({ client: "pg" })("accounts").where("id", 1);
const seen = [
  accounts().increment("balance", 10).increment("visits", 1),
  accounts().increment("balance", 10).decrement("balance", 4),
  accounts().increment("balance", 10).increment("balance", 5),
].map((query) => query.toString().match(/set (.*) where/)[1]);
console.log(seen);
assert.equal(seen[0], '"balance" = "balance" + 10, "visits" = "visits" + 1');
assert.equal(seen[1], '"balance" = "balance" - 4', "both amounts are booked now");
assert.equal(seen[2], '"balance" = "balance" + 5', "both amounts are booked now");
JS
node look.mjs
