#!/usr/bin/env bash
# formulajs adds up the amounts that meet a condition: SUMIF([1, "2", 3], ">0"), where one amount of a read table is a text.
# Expected: 4, as in Excel, where a text in a range is no number, or 6, which its own SUM gives for the same list.
# Happens: "123", a text: from the first text on, the amounts are joined as words. SUMIF([10, "20"], ">0") is "1020".
# Matters: rows of CSV files and forms have texts among numbers; the sum looks like a large number and is shown as one.
# Source: Microsoft's page on SUMIF (cells of the range must be numbers; text is passed over); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { SUM, SUMIF } from "@formulajs/formulajs";

const seen = [[1, 2, 3], [1, "2", 3], [10, "20"]].map((amounts) => [SUM(amounts), SUMIF(amounts, ">0")]);
console.log(seen);
assert.deepEqual(seen[0], [6, 6]);
assert.deepEqual(seen.slice(1), [[6, "123"], [30, "1020"]], "amounts are added now");
JS
node look.mjs
