#!/usr/bin/env bash
# natural (npm) cuts an Italian and a Dutch sentence into words with the tokenizers that it has for these languages
#   (AggressiveTokenizerIt, AggressiveTokenizerNl).
# Expected: università, è, così, café, coördinatie: letters of these languages; those for Spanish, French, Norwegian and Polish have
#   theirs.
# Happens: "universit", "cos", "caf", and "co" and "rdinatie"; è, the Italian for "is", is gone. What is no plain letter separates words
#   and vanishes.
# Matters: all Italian words that end in à, è, ì, ò, ù are indexed without it, so that papà (father) is papa, the pope, and the stemmer for
#   Italian, which expects the letters, never sees them.
# Source: natural's documentation (tokenizers for It and Nl); the alphabets of both languages; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node natural@8.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import natural from "natural";

const words = (language, text) => new natural[`AggressiveTokenizer${language}`]().tokenize(text);
const seen = [words("It", "L'università è così vicina"), words("Nl", "Het café vraagt coördinatie"), words("Es", "El niño está")];
console.log(...seen);
assert.deepEqual(seen[2], ["El", "niño", "está"]);
assert.deepEqual(seen[0], ["L", "universit", "cos", "vicina"], "Italian letters are kept now");
assert.deepEqual(seen[1], ["Het", "caf", "vraagt", "co", "rdinatie"], "Dutch letters are kept now");
JS
node look.mjs
