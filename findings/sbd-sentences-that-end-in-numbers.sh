#!/usr/bin/env bash
# sbd (npm) cuts two sentences apart, the first of which ends with a number: "It opened in 2019. Then it closed."
# Expected: two, as with a word at its end: "It opened in spring. Then it closed."
# Happens: one: behind a number a full stop does not count. Further on in a text it does: how far from the beginning the number
#   stands decides, so that the same two sentences are one or two.
# Matters: reports, bills and timetables become sentences without an end, too long for an embedding, and cited as one.
# Source: sbd's README (numbers: a decimal point is no end of a sentence); Unicode Standard Annex 29, 5 (a number, a stop, a blank
#   and a capital letter are a boundary); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node sbd@1.0.19
cat > look.mjs <<'JS'
import assert from "node:assert";
import sbd from "sbd";

const cut = (text) => sbd.sentences(text);
const [words, numbers] = ["spring", "2019"].map((end) => `It opened in ${end}. Then it closed.`);
const later = cut(`We like it. ${numbers}`);
const unicode = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(numbers)].length;
console.log(JSON.stringify([cut(words), cut(numbers), later]), unicode);
assert.equal(cut(words).length, 2);
assert.equal(unicode, 2);
assert.deepEqual(cut(numbers), [numbers], "numbers end sentences now");
assert.equal(later.length, 3, "the place decides no more");
JS
node look.mjs
