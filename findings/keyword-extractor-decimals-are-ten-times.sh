#!/usr/bin/env bash
# keyword-extractor takes the keywords from "rated 16.5 bar, price 1,200.50".
# Expected: 16.5 and 1,200.50, or their parts, or (with remove_digits) none of them: it only takes stop words away.
# Happens: points and commas are taken out of words, not only from their ends: 165 and 120050. "version 2.10" is 210, "a.b@example.org"
#   is ab@exampleorg. With return_chained_words it is so as well: "rated 165 bar".
# Matters: tags and search terms of data sheets name other values, ten and a hundred times as high, and the words that are searched
#   for are in no text.
# Source: keyword-extractor's README (extracting keywords by removing stop words); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node keyword-extractor@0.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import extractor from "keyword-extractor";

const words = (text, more = {}) => extractor.extract(text, { language: "english", remove_digits: false, ...more });
const seen = [
    words("rated 16 bar"),
    words("rated 16.5 bar, price 1,200.50"),
    words("version 2.10 of a.b@example.org"),
    words("rated 16.5 bar", { return_chained_words: true }),
];
console.log(JSON.stringify(seen));
assert.deepEqual(seen[0], ["rated", "16", "bar"]);
assert.deepEqual(seen[1], ["rated", "165", "bar", "price", "120050"], "points stay now");
assert.deepEqual(seen[2], ["version", "210", "ab@exampleorg"], "points stay now");
assert.deepEqual(seen[3], ["rated 165 bar"], "points stay now");
JS
node look.mjs
