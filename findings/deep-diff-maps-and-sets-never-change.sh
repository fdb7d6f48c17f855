#!/usr/bin/env bash
# deep-diff (npm) compares two states of a program: a Map of rents, 950 and then 990, and a Set of members, Anna and then Bob.
# Expected: two changes, or one for each whole value, as it reports a Date by its time; Node's assert sees that they
#   differ.
# Happens: undefined, which means that nothing differs; not even a Map that takes the place of a Set, or an address (URL) that
#   changes, is seen. Plain objects and lists are compared rightly.
# Matters: logs of changes, undo and "save only what changed" leave these changes out, and in silence.
# Source: the package's README (undefined: no differences; after applyDiff the two compare as deep equal); Node's assert, run
#   below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node deep-diff@1.0.2
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { diff } = require("deep-diff");

const pairs = [
  [new Map([["rent", 950]]), new Map([["rent", 990]])],
  [new Set(["Anna"]), new Set(["Bob"])],
  [new Map(), new Set(["Bob"])],
  [new URL("https://a.example/"), new URL("https://b.example/")],
];
assert.equal(diff({ at: { rent: 950 } }, { at: { rent: 990 } }).length, 1);
assert.equal(diff({ at: new Date(0) }, { at: new Date(1) }).length, 1);
for (const [before, after] of pairs) {
  assert.notDeepStrictEqual(before, after);
  const seen = diff({ at: before }, { at: after });
  console.log(before, after, seen);
  assert.equal(seen, undefined, "the change is seen now");
}
JS
node look.cjs
