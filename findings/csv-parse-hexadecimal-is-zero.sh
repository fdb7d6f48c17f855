#!/usr/bin/env bash
# csv-parse (npm) reads a list of devices with cast: true; their numbers are hexadecimal: 0x1F, 0xA0B1.
# Expected: text, or 31 and 41137: what is no number stays as it is.
# Happens: 0, for all of them. The field is taken for a number by JavaScript's conversion, which knows 0x, and read by parseFloat,
#   which stops behind the 0. So is 0b11.
# Matters: addresses, masks, colours and error codes of a whole column become the same number, without an error.
# Source: csv-parse's documentation of cast (numbers are detected and converted); ECMAScript, Number() and parseFloat(); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node csv-parse@7.0.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parse } from "csv-parse/sync";

const rows = parse("31,31.5,1F\n0x1F,0xA0B1,0b11\n", { cast: true });
console.log(JSON.stringify(rows));
assert.deepEqual(rows[0], [31, 31.5, "1F"]);
assert.deepEqual(rows[1], [0, 0, 0], "hexadecimal numbers are kept now");
JS
node look.mjs
