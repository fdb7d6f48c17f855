#!/usr/bin/env bash
# hot-formula-parser compares dates: DATE(2024,1,2)=DATE(2024,1,2), and <>, <= of the same.
# Expected: TRUE, FALSE and TRUE, as in Excel, where dates are numbers.
# Happens: FALSE, TRUE and TRUE: dates are objects, and = asks whether they are the same object; <= and >= compare days.
# Matters: conditions on a due date (IF(A1=DATE(2024,1,2), ...)) are never met, and <> is always met, without an error.
# Source: Microsoft's pages on DATE (a serial number) and on comparison operators; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node hot-formula-parser@4.0.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { Parser } = require("hot-formula-parser");

const compared = (sign) => new Parser().parse(`DATE(2024,1,2)${sign}DATE(2024,1,2)`).result;
const seen = ["<=", ">=", "<", "=", "<>"].map(compared);
console.log(seen);
assert.deepEqual(seen.slice(0, 3), [true, true, false]);
assert.deepEqual(seen.slice(3), [false, true], "equal dates are equal now");
JS
TZ=UTC node look.cjs
