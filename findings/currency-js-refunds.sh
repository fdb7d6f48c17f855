#!/usr/bin/env bash
# currency.js takes an eighth of 19.00 twice: for an invoice, and with the sign turned for the credit note that cancels it.
# Expected: 2.38 and -2.38: half a cent is rounded away from zero, as currency.js does it for 2.375 and Excel, PHP and big.js for both.
# Happens: 2.38 and -2.37: negative halves are rounded up, towards zero. So 1.005 is 1.01 and -1.005 is -1.00; 2.5 without
#   decimals is 3, and -2.5 is -2.
# Matters: invoice and credit note leave a cent; totals depend on whether lines or their sums are negated.
# Source: currency.js's README (amounts are rounded to the precision); big.js's ROUND_HALF_UP; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node currency.js@2.0.4 big.js@7.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import Big from "big.js";
import currency from "currency.js";

const eighths = [19, -19].map((amount) => currency(amount).multiply(0.125).value);
const whole = [2.5, -2.5].map((amount) => currency(amount, { precision: 0 }).value);
console.log(eighths, whole, currency(1.005).value, currency(-1.005).value);
assert.deepEqual([19, -19].map((amount) => Big(amount).times(0.125).toFixed(2)), ["2.38", "-2.38"]);
assert.deepEqual([eighths, whole], [[2.38, -2.37], [3, -2]], "both signs are rounded alike now");
JS
node look.mjs
