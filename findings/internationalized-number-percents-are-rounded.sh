#!/usr/bin/env bash
# @internationalized/number (of React Aria) parses percentages that a user types: NumberParser("en-US", {style: "percent"}).
# Expected: "3.25%" is 0.0325, as "3.25" of a plain parser is 3.25, and "1.23456" is 1.23456 though it would be shown with three digits.
# Happens: 0.03: percentages are rounded as they would be shown, to none behind the point; "0.4%" is 0 and "19.5%" 0.2.
#   maximumFractionDigits has to be given, and the text is taken as valid without.
# Matters: interest, tax and discount are entered with halves and quarters; the number that is stored is another one.
# Source: its README (parses decimals, percentages and currency values); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @internationalized/number@3.6.9
cat > look.mjs <<'JS'
import assert from "node:assert";
import { NumberParser } from "@internationalized/number";

const parsed = (text, options) => new NumberParser("en-US", options).parse(text);
const percent = { style: "percent" };
const plain = [parsed("1.23456"), parsed("$3.256", { style: "currency", currency: "USD" }), parsed("5%", percent)];
const rounded = ["3.25%", "0.4%", "19.5%"].map((text) => parsed(text, percent));
const given = parsed("3.25%", { ...percent, maximumFractionDigits: 2 });
console.log(plain, rounded, given, new NumberParser("en-US", percent).isValidPartialNumber("3.25%"));
assert.deepEqual(plain, [1.23456, 3.256, 0.05]);
assert.equal(given, 0.0325);
assert.deepEqual(rounded, [0.03, 0, 0.2], "percentages keep their decimals now");
JS
node look.mjs
