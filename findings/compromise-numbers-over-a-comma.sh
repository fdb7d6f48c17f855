#!/usr/bin/env bash
# compromise (npm) finds the numbers in "page twenty, three lines below", "a twenty-twenty plan" and "1/2 cup of sugar".
# Expected: 20 and 3, as it finds 5 and 6 in "chapter five, six pages"; 2020 or 20 twice; and a half.
# Happens: 23, one number over the comma; 0; and 1, with "/2" as its suffix. "fifty, sixty people" is 0 as well. The half is found
#   by fractions(), beside the 1.
# Matters: numbers that are in no text are stored as facts, and half of a dose or a recipe counts as all of it.
# Source: compromise's documentation of numbers() (written and numeric values, parsed); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node compromise@14.17.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import nlp from "compromise";

const numbers = (text) => nlp(text).numbers().get();
const WRONG = {
    "page twenty, three lines below": [23],
    "a twenty-twenty plan": [0],
    "fifty, sixty people": [0],
    "1/2 cup of sugar": [1],
};
const seen = Object.fromEntries(Object.keys(WRONG).map((text) => [text, numbers(text)]));
console.log(JSON.stringify(seen));
assert.deepEqual(numbers("chapter five, six pages"), [5, 6]);
assert.equal(nlp("1/2 cup of sugar").fractions().get()[0].decimal, 0.5);
assert.deepEqual(seen, WRONG, "other numbers are found now");
JS
node look.mjs
