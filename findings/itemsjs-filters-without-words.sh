#!/usr/bin/env bash
# itemsjs (npm) lists what a function lets through, items with a price above 9.70: search({ filter: (item) => item.price > 9.7 }), in a
#   program that loads it with require, and in one that uses import.
# Expected: two of three in both: the function works as that of a list in JavaScript, says the documentation.
# Happens: with require nothing is found: the function is called once, for something that is no item. With import two are found, and with
#   query: "pump" beside it in both.
# Matters: a page that opens without words and with a limit for prices or dates is empty; after the first word it seems to work, and tests
#   that use import pass.
# Source: itemsjs' README (filter: a function, as JavaScript's own); in dist/index.cjs the items come as an iterator where index.modern.js
#   has a list; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node itemsjs@2.4.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import { createRequire } from "node:module";
import imported from "itemsjs";

const required = createRequire(import.meta.url)("itemsjs");
const items = () => [{ name: "small pump", price: 9.5 }, { name: "pump", price: 10 }, { name: "big pump", price: 100 }];
function look(itemsjs, words) {
    const found = itemsjs(items(), { searchableFields: ["name"] }).search({ ...words, filter: (item) => item.price > 9.7 });
    return found.data.items.map((item) => item.name).sort();
}
const seen = [look(imported, {}), look(imported, { query: "pump" }), look(required, { query: "pump" }), look(required, {})];
console.log(seen);
for (const found of seen.slice(0, 3)) assert.deepEqual(found, ["big pump", "pump"]);
assert.deepEqual(seen[3], [], "both find the items now");
JS
node look.mjs
