#!/usr/bin/env bash
# flat (npm) flattens an object whose keys are years or numbers, {"1": "a", "x": "b"}, and unflatten makes it whole again.
# Expected: the object: flatten knows that it is none of lists, and unflatten(flatten(it)) is what the library is for.
# Happens: a list: {"2024": 5} has 2025 places, of which one is filled, and what has a name beside the numbers is lost when it is
#   written as JSON. The option object: true has to be known.
# Matters: sales by year, texts by number and settings by id come back as lists of nulls, ten thousand characters for two years, with
#   keys missing.
# Source: flat's README (unflatten: the opposite of flatten; object: when true, arrays are not created); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node flat@6.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { flatten, unflatten } from "flat";

const back = (value, options) => JSON.parse(JSON.stringify(unflatten(flatten(value), options)));
const years = { sales: { 2024: 5, 2025: 6 } };
const mixed = { text: { 1: "one", note: "see 1" } };
const seen = [back(years).sales.length, back(mixed)];
console.log(seen, back(years, { object: true }), JSON.stringify(back(years)).length);
assert.deepEqual(back({ a: { b: [1, { c: 2 }] } }), { a: { b: [1, { c: 2 }] } });
assert.deepEqual(back(mixed, { object: true }), mixed);
assert.equal(seen[0], 2026, "years stay keys now");
assert.deepEqual(seen[1], { text: [null, "one"] }, "nothing is lost now");
JS
node look.mjs
