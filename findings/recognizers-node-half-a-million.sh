#!/usr/bin/env bash
# Microsoft's recognizers-text-number (npm) reads numbers in words: "half a million", "two and a half million".
# Expected: 500000 and 2500000: "half" is 0.5 there, "two and a half" is 2.5 and "two million" is 2000000.
# Happens: 2E-06 and 2.0000005: the half is divided by the million. "un millón y medio" (Spanish) is 500000, "medio millón" 2E-06;
#   so are "a quarter of a million" and "half a billion".
# Matters: budgets and turnovers in words are said this way more often than any other; the text that was found is the right one, its
#   value is nearly nothing.
# Source: README of Recognizers-Text (full support for English and Spanish); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @microsoft/recognizers-text-number@1.3.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import numbers from "@microsoft/recognizers-text-number";

const value = (text, culture = "en-us") => numbers.recognizeNumber(text, culture).map((hit) => [hit.text, hit.resolution.value]).flat();
const plain = ["half", "two and a half", "two million"].map((text) => value(text));
const mixed = ["half a million", "two and a half million", "a quarter of a million"].map((text) => value(text));
const spanish = ["dos millones", "un millón y medio", "medio millón"].map((text) => value(text, "es-es"));
console.log(plain, mixed, spanish);
assert.deepEqual(plain.map((hit) => hit[1]), ["0.5", "2.5", "2000000"]);
assert.deepEqual(mixed.map((hit) => hit[1]), ["2E-06", "2.0000005", "4E-06"], "halves of a million are right now");
assert.deepEqual(spanish.map((hit) => hit[1]), ["2000000", "500000", "2E-06"], "Spanish halves are right now");
JS
node look.mjs
