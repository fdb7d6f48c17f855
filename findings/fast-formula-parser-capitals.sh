#!/usr/bin/env bash
# fast-formula-parser compares words that differ in capitals: "north"="North", COUNTIF, and SEARCH, which is there to look for a word
#   in a text whatever its case.
# Expected: TRUE, 2 and 5, as in Excel and HyperFormula: only EXACT and FIND tell capitals apart.
# Happens: FALSE, 1 and #VALUE!: all of them tell capitals apart, and SEARCH is FIND with wildcards.
# Matters: conditions on text (IF(A1="yes", ...)) choose the other branch, and counts and sums by name miss entries that were typed in
#   another case: other figures than the same sheet has in Excel, without an error.
# Source: Microsoft's pages on SEARCH (not case sensitive), COUNTIF and EXACT; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node fast-formula-parser@1.0.19 hyperformula@3.5.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import FormulaParser from "fast-formula-parser";
import { HyperFormula } from "hyperformula";

const sheet = HyperFormula.buildFromArray([[]], { licenseKey: "gpl-v3" });
const formulas = ['"north"="North"', 'COUNTIF({"north","North","east"},"north")', 'SEARCH("pier","the Pier")', 'EXACT("north","North")'];
const hyper = formulas.map((text) => sheet.calculateFormula(`=${text}`, 0));
const fast = formulas.map((text) => new FormulaParser().parse(text));
console.log(hyper, fast.map(String));
assert.deepEqual(hyper, [true, 2, 5, false]);
assert.deepEqual(fast.map(String), ["false", "1", "#VALUE!", "false"], "capitals are passed over now");
JS
node look.mjs
