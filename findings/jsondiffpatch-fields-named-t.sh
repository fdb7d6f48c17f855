#!/usr/bin/env bash
# jsondiffpatch makes and applies a delta of two records that have a field "_t" of their own: { _t: "Draft", n: 1 } becomes { _t: "Final",
#   n: 2 }. MongoDB's driver for .NET writes the name of a class into this field.
# Expected: the second record, as for a field "_u"; or an error when the delta is made.
# Happens: the delta is made, and patch raises "patch failed": _t is the delta's own mark for lists, and "Draft" is no list.
# Matters: changes that were stored as deltas cannot be applied or undone when they are needed, long after they were written.
# Source: jsondiffpatch's docs/deltas.md (_t: 'a' marks a list); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jsondiffpatch@0.7.7
cat > look.mjs <<'JS'
import assert from "node:assert";
import { diff, patch, unpatch } from "jsondiffpatch";

console.debug = console.log = () => {};
const round = (field) => {
  const [before, after] = [{ [field]: "Draft", n: 1 }, { [field]: "Final", n: 2 }];
  const delta = diff(before, after);
  const attempt = (work) => { try { return work(); } catch (error) { return error.message; } };
  return [delta, attempt(() => patch(structuredClone(before), delta)), attempt(() => unpatch(structuredClone(after), delta))];
};
const [other, own] = [round("_u"), round("_t")];
console.info(JSON.stringify([other, own]));
assert.deepEqual(other, [{ _u: ["Draft", "Final"], n: [1, 2] }, { _u: "Final", n: 2 }, { _u: "Draft", n: 1 }]);
assert.deepEqual(own[0], { _t: ["Draft", "Final"], n: [1, 2] });
assert.deepEqual(own[1], "patch failed", "the field can be patched now");
JS
node look.mjs
