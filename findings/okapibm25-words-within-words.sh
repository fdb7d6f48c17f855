#!/usr/bin/env bash
# okapibm25 (npm) ranks texts for the words "rent" and "fee"; some of the texts have "parents", "different" and "coffee".
# Expected: only the text with the words has a score: BM25 counts words, and this package counts the length of a text in words.
# Happens: "different coffee for parents" comes first, before "the rent and the fee of the flat": a word is looked for as a piece of the
#   text, so "rent" is counted twice in it. Capitals count, too: "Rent" is another word, although it begins a sentence.
# Matters: short words of a question find texts that have none of them, and put them before those that do.
# Source: the package's README (implementation of Okapi BM25, query keywords); getTermFrequency in its BM25.js; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node okapibm25@1.4.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import okapi from "okapibm25";

const TEXTS = ["the rent and the fee of the flat", "different coffee for parents", "a pump at the pier", "Rent is due"];
const scores = okapi.default(TEXTS, ["rent", "fee"]).map((score) => Number(score.toFixed(2)));
console.log(scores);
assert.equal(scores[2], 0);
assert.ok(scores[0] > 0);
assert.ok(scores[1] > scores[0], "only whole words are counted now");
assert.equal(scores[3], 0, "capitals do not count now");
JS
node look.mjs
