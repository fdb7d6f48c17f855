#!/usr/bin/env bash
# json-logic-js computes with numbers that are texts, as forms and CSV files give them: {"+": ["1,200", 1]}.
# Expected: no number for "1,200", as with minus, division and comparisons, where the result is NaN or false; or 1201.
# Happens: 2: plus and times read a text up to where it ceases to be a number, so "1,200" is 1, "3/4" is 3, "2024-03-05" 2024 and
#   "5 kg" 5. The other operators take the whole text.
# Matters: totals of amounts with thousands are far too low while the check beside it ({">": ["1,200", 100]}) fails; a date in the wrong
#   column adds its year.
# Source: JsonLogic's documentation of operations (arithmetic on numbers); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node json-logic-js@2.0.5
cat > look.mjs <<'JS'
import assert from "node:assert";
import logic from "json-logic-js";

const seen = {};
for (const text of ["1200", "1,200", "3/4", "2024-03-05"]) {
    seen[text] = [logic.apply({ "+": [text, 1] }), logic.apply({ "*": [text, 2] }), logic.apply({ "-": [text, 1] }), logic.apply({ ">": [text, 0] })];
}
console.log(seen);
assert.deepEqual(seen["1200"], [1201, 2400, 1199, true]);
assert.deepEqual(seen["1,200"], [2, 2, NaN, false], "all operators read a text alike now");
assert.deepEqual(seen["3/4"].slice(0, 2), [4, 6], "a fraction is no number now");
assert.deepEqual(seen["2024-03-05"].slice(0, 2), [2025, 4048], "a date is no number now");
JS
node look.mjs
