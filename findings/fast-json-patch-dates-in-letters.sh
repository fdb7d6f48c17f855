#!/usr/bin/env bash
# fast-json-patch and rfc6902 (npm) compare two records in which a day has changed, both as a Date, to send the difference to another
#   program (compare, createPatch).
# Expected: one step that replaces the day by the new one, as text, which is what a Date is in JSON; and none for equal days.
# Happens: in fast-json-patch twenty-four steps, each of which adds one letter of the day below it: /due/0 is "2", /due/1 is "0" and
#   so on, as if the day were an object; for equal days as well. In rfc6902 there is no step at all, as if nothing had changed.
# Matters: the receiver, who has the day as text, cannot apply the letters, or is never told; tests whose dates are text pass.
# Source: RFC 6902 (replace) and ECMAScript's Date.prototype.toJSON; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node fast-json-patch@3.1.1 rfc6902@5.4.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import patches from "fast-json-patch";
import { createPatch } from "rfc6902";

const [old, now] = ["2024-03-05", "2024-03-06"].map((day) => ({ due: new Date(day) }));
const seen = patches.compare(old, now);
console.log(seen.length, seen.slice(0, 3), createPatch(old, now));
assert.deepEqual(createPatch(old, now), [], "rfc6902 sees days now");
assert.equal(createPatch({ due: old.due.toJSON() }, { due: now.due.toJSON() }).length, 1);
const equal = patches.compare(old, { due: new Date(old.due) });
assert.deepEqual([seen.length, equal.length], [24, 24], "a day is replaced as a whole now");
assert.deepEqual(seen.map((step) => step.value).sort(), [..."2024-03-06T00:00:00.000Z"].sort());
JS
node look.mjs
