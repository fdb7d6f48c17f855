#!/usr/bin/env bash
# jsondiffpatch compares two records whose id is a BigInt, as drivers of databases give whole numbers of 64 bits: { id: 10n }, { id: 11n }.
# Expected: a change, as for the numbers 10 and 11 and for the texts "10" and "11"; or an error, as JSON.stringify raises.
# Happens: no difference: undefined, as for equal records. A BigInt against a number or a text is a change.
# Matters: changed amounts and references are not written to the log or sent on; the records count as equal.
# Source: jsondiffpatch's README (diffs of JavaScript objects); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jsondiffpatch@0.7.7
cat > look.mjs <<'JS'
import assert from "node:assert";
import { diff } from "jsondiffpatch";

const pairs = [[10, 11], ["10", "11"], [10, "10"], [10n, 11n], [9007199254740993n, 9007199254740995n]];
const seen = pairs.map(([before, after]) => diff({ id: before, note: "a" }, { id: after, note: "a" }));
console.log(seen);
assert.deepEqual(seen.slice(0, 3), [{ id: [10, 11] }, { id: ["10", "11"] }, { id: [10, "10"] }]);
assert.deepEqual(seen.slice(3), [undefined, undefined], "BigInts are compared now");
JS
node look.mjs
