#!/usr/bin/env bash
# jsonrepair (npm) mends a row of a model's reply in which a value is missing between two commas: [1,2,,3].
# Expected: [1,2,null,3] or [1,2,3], or an error, as for three commas side by side and for {"a":1,,"b":2}.
# Happens: [[1,2],3]: all that comes before the gap becomes a list in the list: the text up to there is taken for a line of JSON lines.
# Matters: rows of tables have such gaps; the row has two columns instead of four, and a reader that sums or joins it goes on with it.
# Source: jsonrepair's README (what it mends: missing commas and brackets, and lines of JSON made a list); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jsonrepair@3.15.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { jsonrepair } from "jsonrepair";

const mend = (text) => JSON.parse(jsonrepair(text));
const seen = ["[1 2 3]", "[1,2,3,]", "[1,2,,3]", '["Berth 4",,"12 m"]', "[[1,2],,[3,4]]"].map(mend);
console.log(JSON.stringify(seen));
assert.deepEqual(seen.slice(0, 2), [[1, 2, 3], [1, 2, 3]]);
assert.throws(() => mend("[1,2,3,,,4]"));
assert.throws(() => mend('{"a":1,,"b":2}'));
assert.deepEqual(seen.slice(2), [[[1, 2], 3], [["Berth 4"], "12 m"], [[[1, 2]], [3, 4]]], "the list stays flat now");
JS
node look.mjs
