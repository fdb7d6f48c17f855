#!/usr/bin/env bash
# formulajs sorts numbers: SORT([[10], [9], [100]]), and downwards.
# Expected: 9, 10, 100, as in Excel.
# Happens: 10, 100, 9: the numbers are compared as words, figure by figure. Numbers of one length come out right.
# Matters: lists of prices and ranks are in another order, and INDEX(SORT(...), 1) is not the least; LARGE and SMALL are right.
# Source: Microsoft's page on SORT (its examples sort numbers); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { SMALL, SORT } from "@formulajs/formulajs";

const cells = () => [[10], [9], [100]];
const [up, down] = [SORT(cells(), 1, 1), SORT(cells(), 1, -1)];
console.log(up, down, SMALL([10, 9, 100], 1));
assert.equal(SMALL([10, 9, 100], 1), 9);
assert.deepEqual(up, [[10], [100], [9]], "numbers are sorted as numbers now");
assert.deepEqual(down, [[9], [100], [10]]);
JS
node look.mjs
