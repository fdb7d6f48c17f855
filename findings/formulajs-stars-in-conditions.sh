#!/usr/bin/env bash
# formulajs counts and adds by a condition with a star or question mark: COUNTIF(["apple", "apricot", "plum"], "ap*"), SUMIFS likewise.
# Expected: 2, as in Excel; its own MATCH knows the star: MATCH("pl*", names, 0) is 3.
# Happens: 0, and 0 for the sum: in conditions the star and the question mark stand for themselves.
# Matters: counts and totals by the beginning of a code ("ap*", "inv-????") are nought without an error.
# Source: Microsoft's pages on COUNTIF and SUMIFS (wildcards in criteria); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { COUNTIF, COUNTIFS, MATCH, SUMIFS } from "@formulajs/formulajs";

const names = ["apple", "apricot", "plum"];
const seen = [COUNTIF(names, "ap*"), COUNTIF(names, "pl?m"), COUNTIFS(names, "ap*"), SUMIFS([1, 2, 4], names, "ap*")];
console.log(seen, MATCH("pl*", names, 0));
assert.deepEqual([MATCH("pl*", names, 0), COUNTIF(names, "plum"), SUMIFS([1, 2, 4], names, "plum")], [3, 1, 4]);
assert.deepEqual(seen, [0, 0, 0, 0], "stars stand for other letters now");
JS
node look.mjs
