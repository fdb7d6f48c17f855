#!/usr/bin/env bash
# elasticlunr gets the page of an id anew (addDoc with the same ref), as a page that was edited; later it is updated with updateDoc.
# Expected: the old words are gone, as with lunr's builder and other searches that replace or refuse a known id; the index says it holds
#   one document.
# Happens: words of the first version still find the page, and go on doing so after updateDoc and removeDoc: those take away the
#   words of the text that is kept, which is the last one. After removeDoc the search gives an id that has no document.
# Matters: a search shows pages for words that they no longer have, and hits without a page break the list of results.
# Source: elasticlunr's documentation of addDoc, updateDoc and removeDoc (a document is found by its ref); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node elasticlunr@0.9.5
cat > look.mjs <<'JS'
import assert from "node:assert";
import elasticlunr from "elasticlunr";

const index = elasticlunr(function () {
    this.setRef("id");
    this.addField("text");
});
const found = (word) => index.search(word).map((hit) => hit.ref);
index.addDoc({ id: "a", text: "pump at the pier" });
index.addDoc({ id: "a", text: "crane at the gate" });
const added = [index.documentStore.length, found("pump"), found("crane")];
index.updateDoc({ id: "a", text: "berth" });
const updated = [found("pump"), found("crane"), found("berth")];
index.removeDocByRef("a");
const removed = [index.documentStore.length, found("pump"), found("berth"), index.documentStore.getDoc("a")];
console.log(added, updated, removed);
assert.deepEqual(added, [1, ["a"], ["a"]], "the first version is gone now");
assert.deepEqual(updated, [["a"], [], ["a"]], "updates take the first version away now");
assert.deepEqual(removed, [0, ["a"], [], null], "what is removed is not found now");
JS
node look.mjs
