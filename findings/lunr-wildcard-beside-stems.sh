#!/usr/bin/env bash
# lunr searches "engine*" in texts with "engine" and "engines".
# Expected: at least what "engine" finds: the star stands for any further letters, or none.
# Happens: nothing is found. Texts are indexed by stems ("engin"), a word in a query is stemmed as well, but not one with a
#   star: "engine*" asks for words that begin with all six letters, and the index has none. "engin*" finds both.
# Matters: pages that search while one types add the star themselves, so a word that is typed to its end loses its results.
# Source: lunr's guide on searching (a wildcard matches zero or more characters); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node lunr@2.3.9
cat > look.mjs <<'JS'
import assert from "node:assert";
import lunr from "lunr";

const index = lunr(function () {
    this.ref("id");
    this.field("text");
    this.add({ id: 1, text: "the engine of the pump" });
    this.add({ id: 2, text: "two engines and a university" });
});
const seen = {};
for (const query of ["engine", "engin*", "engine*", "university", "universit*"])
    seen[query] = index.search(query).map((result) => result.ref).sort();
console.log(JSON.stringify(seen));
assert.deepEqual([seen.engine, seen["engin*"]], [["1", "2"], ["1", "2"]]);
assert.deepEqual(seen.university, ["2"]);
assert.deepEqual([seen["engine*"], seen["universit*"]], [[], []], "words with a star are found now");
JS
node look.mjs
