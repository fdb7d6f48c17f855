#!/usr/bin/env bash
# formulajs takes the total, the count and the mean of [100, "200", 300], where one amount of a read table is a text.
# Expected: all of the same cells: 400, 2 and 200 as in Excel, where texts in a range are passed over, or 600, 3 and 200. And PRODUCT and
#   MAX of the same cells too.
# Happens: SUM and PRODUCT read the text as a number (600), COUNT, AVERAGE and MAX pass over it: SUM is not AVERAGE times COUNT, and the
#   maximum of [100, "900"] is 100 while the sum is 1000.
# Matters: a report shows a total that its own mean and count contradict, and other figures than Excel on the same cells, without an error.
# Source: Microsoft's pages on COUNT, AVERAGE, PRODUCT and MAX (text in an array or reference is ignored); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { AVERAGE, COUNT, MAX, PRODUCT, SUM } from "@formulajs/formulajs";

const all = (cells) => [SUM, PRODUCT, COUNT, AVERAGE, MAX].map((one) => one(cells));
const seen = [[100, 200, 300], [100, "200", 300], [100, "900"]].map(all);
console.log(seen);
assert.deepEqual(seen[0], [600, 6000000, 3, 200, 300]);
assert.deepEqual(seen[1], [600, 6000000, 2, 200, 300], "all count the same cells now");
assert.deepEqual(seen[2], [1000, 90000, 1, 100, 100], "all count the same cells now");
JS
node look.mjs
