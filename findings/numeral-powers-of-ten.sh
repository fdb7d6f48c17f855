#!/usr/bin/env bash
# numeral (npm) reads a number with a power of ten whose exponent has no sign: 5e3, 6.02e23.
# Expected: 5000 and 6.02e+23, as Number("5e3") reads it, and as numeral itself reads "5e+3" and "1.2e-7"; or null.
# Happens: the e is dropped and the figures joined: 53 and 6.0223.
# Matters: Rust, C++ and hand-written tables of constants have no plus there; masses, counts of cells and frequencies change by
#   powers of ten, and look like plain numbers.
# Source: RFC 8259, 6 (the sign of an exponent is optional); numeral's documentation of parsing strings; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node numeral@2.0.6
cat > look.mjs <<'JS'
import assert from "node:assert";
import numeral from "numeral";

const read = Object.fromEntries(["5e+3", "1.2e-7", "5e3", "6.02e23"].map((text) => [text, numeral(text).value()]));
console.log(JSON.stringify(read));
assert.ok(read["5e+3"] === 5000 && Math.abs(read["1.2e-7"] - 1.2e-7) < 1e-12);
assert.ok(read["5e3"] === 53 && read["6.02e23"] === 6.0223, "the exponent is read now");
JS
node look.mjs
