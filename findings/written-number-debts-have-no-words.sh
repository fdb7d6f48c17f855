#!/usr/bin/env bash
# written-number and number-to-words (npm) write amounts in words, as contracts and cheques have them: -5, 1.5, "1,500"; and 5
#   in German.
# Expected: minus five; one point five or an error; one thousand five hundred or an error; fünf or an error.
# Happens: written-number has "" for -5 and for "1,500", "two" for 1.5 and "five" for German, which it does not know;
#   number-to-words has "one" for "1,500".
# Matters: the words of an amount count before its figures in law, and here they are others, or none.
# Source: the READMEs (numbers to words; number-to-words cuts decimals off, written-number says nothing of them); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node written-number@0.11.1 number-to-words@1.2.4
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { toWords } = require("number-to-words");
const written = require("written-number");

const seen = [written(-5), written("1,500"), written(1.5), written(5, { lang: "de" })];
console.log(seen, toWords(-5), toWords("1500"), toWords("1,500"));
assert.deepEqual(seen, ["", "", "two", "five"], "amounts are written whole now");
assert.deepEqual([toWords("1500"), toWords("1,500")], ["one thousand, five hundred", "one"], "amounts are read whole now");
JS
node look.cjs
