#!/usr/bin/env bash
# js-search looks for German words with its own tokenizer: "für", "Tür", "Bär".
# Expected: the texts with this word, or nothing when the letter is not known.
# Happens: "ü" and "ä" part words, so "Tür" is looked for as "t" and "r", each as the beginning of a word: "Tor, rot" is found, which
#   has neither. Cyrillic letters are words, and Japanese ones are not: there nothing is found.
# Matters: a search that works for English and Russian gives wrong hits for the short words of German, French and Spanish, beside the
#   right one, and highlights single letters.
# Source: js-search's README (the tokenizer breaks a text into words; works well for English); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node js-search@2.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { Search } from "js-search";

const TEXTS = ["eine Tür", "Tor, rot", "ein Bär", "Brot, roh", "насос", "圧力計"];
const search = new Search("text");
search.addIndex("text");
search.addDocuments(TEXTS.map((text) => ({ text })));
const seen = {};
for (const query of ["Tor", "Tür", "Bär", "насос", "圧力計"]) seen[query] = search.search(query).map((row) => row.text);
console.log(JSON.stringify(seen));
assert.deepEqual([seen.Tor, seen["насос"]], [["Tor, rot"], ["насос"]]);
assert.deepEqual(seen["Tür"], ["eine Tür", "Tor, rot"], "the letter belongs to its word now");
assert.deepEqual(seen["Bär"], ["ein Bär", "Brot, roh"], "the letter belongs to its word now");
assert.deepEqual(seen["圧力計"], [], "Japanese is found now");
JS
node look.mjs
