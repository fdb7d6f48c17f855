#!/usr/bin/env bash
# lunr is asked a question as people type it: "which pump is broken?", "pier, pump", or a phrase in quotation marks.
# Expected: what the same words find without the signs: texts are indexed without them ("see (broken)." has "broken").
# Happens: a word with a sign at its end or beginning finds nothing: only texts go through the trimmer, queries do not. Of the
#   first question the text that says "out of order (broken)" is lost; a phrase in quotation marks and "closed!" find nothing.
# Matters: the last word of a question is what it is about, and has the question mark; the others still find something, so the
#   ranking looks like an answer.
# Source: lunr's guide on searching (the same pipeline applies to queries and documents); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node lunr@2.3.9
cat > look.mjs <<'JS'
import assert from "node:assert";
import lunr from "lunr";

const TEXTS = ["the pump of the north pier is new", "crane out of order (broken).", "the gate is closed!"];
const index = lunr(function () {
    this.field("text");
    TEXTS.forEach((text, id) => this.add({ id, text }));
});
const found = (query) => index.search(query).map((hit) => Number(hit.ref)).sort();
const QUERIES = ["which pump is broken", "which pump is broken?", "closed", "closed!", "north pier", '"north pier"'];
const seen = Object.fromEntries(QUERIES.map((query) => [query, found(query)]));
console.log(JSON.stringify(seen));
assert.deepEqual(QUERIES.filter((_, at) => at % 2 === 0).map(found), [[0, 1], [2], [0]]);
assert.deepEqual(QUERIES.filter((_, at) => at % 2).map(found), [[0], [], []], "signs are taken off queries now");
JS
node look.mjs
