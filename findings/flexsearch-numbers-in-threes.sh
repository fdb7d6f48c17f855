#!/usr/bin/env bash
# FlexSearch looks for an order number of eight digits, with whole words asked for (tokenize: "strict").
# Expected: the order with that number, and no other: a word matches as a whole.
# Happens: numbers are cut into threes (123, 490, 87), and the order of the three does not count: 12349087 also finds the
#   order 49012387, and "490" finds both. Only numeric: false in an Encoder of one's own keeps numbers whole.
# Matters: a search for an order, a phone or an article number shows somebody else's.
# Source: FlexSearch's documentation of tokenize ("strict": the full term) and of the encoder's numeric option; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node flexsearch@0.8.212
cat > look.mjs <<'JS'
import assert from "node:assert";
import flexsearch from "flexsearch";

const ORDERS = ["order 12349087", "order 49012387", "order 55566677"];
const found = (encoder) => {
    const index = new flexsearch.Index({ tokenize: "strict", ...(encoder && { encoder }) });
    ORDERS.forEach((order, number) => index.add(number, order));
    return ["12349087", "490"].map((query) => index.search(query).map((number) => ORDERS[number]).sort());
};
const plain = found();
const whole = found(new flexsearch.Encoder({ numeric: false }));
console.log(JSON.stringify({ plain, whole }));
assert.deepEqual(whole, [["order 12349087"], []]);
assert.deepEqual(plain, [ORDERS.slice(0, 2), ORDERS.slice(0, 2)], "numbers are whole now");
JS
node look.mjs
