#!/usr/bin/env bash
# hot-formula-parser (npm) works out -2^2, and 5+-3^2.
# Expected: 4 and 14, as in Excel, LibreOffice and Google Sheets, whose formulas it reads: a sign binds more strongly than a power.
# Happens: -4 and -4, as in mathematics and in most programming languages. From left to right, 2^3^2 is 64, as in Excel.
# Matters: squares of negative amounts (-A1^2 in formulas for deviations and interest) change their sign against the same sheet in
#   Excel, without an error.
# Source: Microsoft's page on operators and precedence (negation stands before exponentiation); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node hot-formula-parser@4.0.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { Parser } = require("hot-formula-parser");

const seen = ["2^3^2", "(-2)^2", "-2^2", "5+-3^2"].map((text) => new Parser().parse(text).result);
console.log(seen);
assert.deepEqual(seen.slice(0, 2), [64, 4]);
assert.deepEqual(seen.slice(2), [-4, -4], "the minus binds more strongly now");
JS
node look.cjs
