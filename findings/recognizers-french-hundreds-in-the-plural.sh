#!/usr/bin/env bash
# Microsoft's recognizers-text-number (npm) reads French numbers in words: "trois cents", "mille deux cents euros".
# Expected: 300 and 1200: "cent" has an s behind a number when nothing follows, as every French grammar says; "quatre-vingts" with its s
#   is 80.
# Happens: "cents" is not known, and the rest stands for the whole: 3 and 1002. "deux mille trois cents" is 2003; with the wrong spelling,
#   "trois cent", it is 2300.
# Matters: amounts in words in French contracts, cheques and judgments are hundreds too low, only the even ones, and not refused.
# Source: the rules of French spelling (vingt and cent take an s when multiplied and last); README of Recognizers-Text (full support for
#   French); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @microsoft/recognizers-text-number@1.3.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import numbers from "@microsoft/recognizers-text-number";

const value = (text) => numbers.recognizeNumber(text, "fr-fr").map((hit) => hit.resolution.value).join(" ");
const seen = {};
for (const text of ["quatre-vingts", "trois cent vingt", "deux mille trois cent", "trois cents", "mille deux cents euros", "deux mille trois cents"]) {
    seen[text] = value(text);
}
console.log(seen);
assert.deepEqual(Object.values(seen).slice(0, 3), ["80", "320", "2300"]);
assert.deepEqual(Object.values(seen).slice(3), ["3", "1002", "2003"], "even hundreds are read now");
JS
node look.mjs
