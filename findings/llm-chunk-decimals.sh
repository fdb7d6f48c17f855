#!/usr/bin/env bash
# llm-chunk (npm) cuts a text for a model at sentence ends (splitter: "sentence"); a price, a version and a web address stand in it.
# Expected: cuts between sentences: after a full stop that a blank follows.
# Happens: each full stop is the end of a sentence: "The rent is 9." and "50 euros a day.", "Version 2." and "10 is out.", and the parts
#   of www.example.com come without their neighbours.
# Matters: a chunk says that the rent is 9, another one that something costs 50 euros a day; both are found, and both are wrong.
# Source: Unicode Standard Annex 29, rule SB6 (no sentence ends before a figure), as Intl.Segmenter of Node has it; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node llm-chunk@0.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { chunk } from "llm-chunk";

const text = "The rent is 9.50 euros a day. Version 2.10 is out. See www.example.com for more.";
const seen = chunk(text, { minLength: 0, maxLength: 30, overlap: 0, splitter: "sentence" });
const sentences = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map((part) => part.segment.trim());
console.log(seen, sentences);
assert.deepEqual(sentences, ["The rent is 9.50 euros a day.", "Version 2.10 is out.", "See www.example.com for more."]);
assert(!seen.some((part) => part.includes("9.50")) && seen.some((part) => part.trim().endsWith(" 9.")), "numbers are kept whole now");
assert(!seen.some((part) => part.includes("2.10")), "numbers are kept whole now");
JS
node look.mjs
