#!/usr/bin/env bash
# liqe and lucene (npm) read queries with AND and OR and without brackets: "a OR b AND c", "a AND b OR c".
# Expected: one reading: AND binds stronger than OR, as in SQL, in JavaScript's && and || and in SQLite's full-text search.
# Happens: liqe goes from left to right, (a OR b) AND c: what has only "a" is left out. lucene goes from right to left,
#   a AND (b OR c): what has only "c" is left out; a NOT before it takes the whole rest of the query with it.
# Matters: a filter that a user types finds too little, other things than the search behind it, and changes its meaning when its
#   two halves are swapped; neither library's description says how the two go together.
# Source: SQLite's documentation of FTS5 (AND groups more tightly than OR); the READMEs of both; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node liqe@3.8.7 lucene@2.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as liqe from "liqe";
import lucene from "lucene";

const TEXTS = ["a", "b", "c", "ab", "bc", "ac"];
const finds = (query) => liqe.filter(liqe.parse(query), TEXTS.map((text) => ({ text }))).map((row) => row.text).sort();
const tree = (node) => (node.left && node.right ? `(${tree(node.left)} ${node.operator} ${tree(node.right)})` : node.term);
const seen = {};
for (const query of ["a OR (b AND c)", "a OR b AND c", "a AND b OR c", "a AND NOT b OR c"]) {
    seen[query] = [finds(query), tree(lucene.parse(query))];
}
console.log(JSON.stringify(seen, null, 1));
assert.deepEqual(seen["a OR (b AND c)"], [["a", "ab", "ac", "bc"], "(a OR (b AND c))"]);
assert.deepEqual(seen["a OR b AND c"][0], ["ac", "bc"], "AND binds stronger in liqe now");
assert.equal(seen["a AND b OR c"][1], "(a AND (b OR c))", "AND binds stronger in lucene now");
assert.equal(seen["a AND NOT b OR c"][1], "(a AND NOT (b OR c))", "NOT takes one term in lucene now");
JS
node look.mjs
