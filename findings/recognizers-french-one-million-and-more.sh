#!/usr/bin/env bash
# Microsoft's recognizers-text-number (npm) reads French numbers of one million and something: "un million deux cent mille".
# Expected: 1200000: "deux millions trois cent mille" is 2300000, and the Spanish "un millón doscientos mil" is 1200000.
# Happens: 100000200000, a hundred thousand millions; "un million cinq mille" is 1000005000. Only "un million" is read so: from two
#   millions on, and without anything behind it, the number is right.
# Matters: capital, prices and populations between one and two million are common, and become billions without a warning.
# Source: README of Recognizers-Text (full support for French); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @microsoft/recognizers-text-number@1.3.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import numbers from "@microsoft/recognizers-text-number";

const value = (text, culture = "fr-fr") => numbers.recognizeNumber(text, culture).map((hit) => hit.resolution.value).join(" ");
const right = [value("un million"), value("deux millions trois cent mille"), value("un millón doscientos mil", "es-es")];
const wrong = [value("un million deux cent mille"), value("un million cinq mille")];
console.log(right, wrong);
assert.deepEqual(right, ["1000000", "2300000", "1200000"]);
assert.deepEqual(wrong, ["100000200000", "1000005000"], "one million and something is right now");
JS
node look.mjs
