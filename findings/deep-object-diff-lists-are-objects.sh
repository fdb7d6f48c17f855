#!/usr/bin/env bash
# deep-object-diff compares {"tags": []} with {"tags": {}}, and {"tags": ["x"]} with {"tags": {"0": "x"}}.
# Expected: a change: in JSON a list and an object are different things, and json-diff and microdiff report them.
# Happens: {}, no difference: only the keys below are compared, and they are the same.
# Matters: PHP and some forms write an empty list as an object and the other way round; the comparison that looks for just such changes
#   of an answer says that nothing has changed.
# Source: RFC 8259, 3 to 5 (objects and arrays are two of the types); deep-object-diff's README (diff between two objects); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node deep-object-diff@1.1.9 microdiff@1.6.0 json-diff@1.0.6
cat > look.mjs <<'JS'
import assert from "node:assert";
import { detailedDiff, diff } from "deep-object-diff";
import jsonDiff from "json-diff";
import microdiff from "microdiff";

const PAIRS = [[{ tags: ["x"] }, { tags: "x" }], [{ tags: [] }, { tags: {} }], [{ tags: ["x"] }, { tags: { 0: "x" } }]];
const seen = PAIRS.map((pair) => Object.keys(diff(...pair)).length);
const others = PAIRS.map((pair) => [microdiff(...pair).length > 0, jsonDiff.diff(...pair) !== undefined]);
console.log(seen, others, detailedDiff(...PAIRS[2]));
assert.deepEqual(others, [[true, true], [true, true], [true, true]]);
assert.deepEqual(seen, [1, 0, 0], "lists and objects differ now");
JS
node look.mjs
