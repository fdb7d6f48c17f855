#!/usr/bin/env bash
# LokiJS looks for rows whose price is less than 5: find({price: {$lt: 5}}); some rows have null, true or a text as their price.
# Expected: numbers below 5, as in MongoDB, whose operators these are, and in mingo, which has them for JavaScript.
# Happens: the rows with null, true and "1" are found as well. $gt leaves them out, so a row
#   without a price is a cheap one.
# Matters: a list of bargains, late payments or low stock begins with the rows that have no value.
# Source: MongoDB's manual, comparison operators (values of the same type only); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node lokijs@1.5.12 mingo@7.2.7
cat > look.mjs <<'JS'
import assert from "node:assert";
import Loki from "lokijs";
import { Query } from "mingo";

const PRICES = [3, 10, null, true, "1"];
const rows = new Loki("shop").addCollection("rows");
for (const price of PRICES) rows.insert({ price });
const finds = (rule) => rows.find({ price: rule }).map((row) => row.price);
const other = new Query({ price: { $lt: 5 } }).find(PRICES.map((price) => ({ price }))).all();
const seen = [finds({ $gt: 5 }), finds({ $lt: 5 })];
console.log(JSON.stringify(seen), other);
assert.deepEqual(other, [{ price: 3 }]);
assert.deepEqual(seen[0], [10]);
assert.deepEqual(seen[1], [3, null, true, "1"], "only numbers are found now");
JS
node look.mjs
