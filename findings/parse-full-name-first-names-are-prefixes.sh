#!/usr/bin/env bash
# parse-full-name (npm) takes names apart whose first name is also the small word before some family names: "Van Morrison", "Della Reese".
# Expected: first names Van and Della, as nameparser (Python) has it: a first word followed by one more is the first name, as the package
#   does for "Al Di Meola", "Ben Affleck" and "Mac Miller".
# Happens: no first name; the last name is "Van Morrison". With a comma, "Morrison, Van", all is right.
# Matters: letters begin without a name, a person is sorted under V, and is not found by the family name.
# Source: parse-full-name's README (first, middle, last); nameparser; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node parse-full-name@1.2.7
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parseFullName } from "parse-full-name";

const names = ["Ben Affleck", "Vincent van Gogh", "Morrison, Van", "Van Morrison", "Della Reese"];
const seen = names.map((name) => parseFullName(name)).map(({ first, last }) => [first, last]);
console.log(JSON.stringify(seen));
assert.deepEqual(seen.slice(0, 3), [["Ben", "Affleck"], ["Vincent", "van Gogh"], ["Van", "Morrison"]]);
assert.deepEqual(seen.slice(3), [["", "Van Morrison"], ["", "Della Reese"]], "they have first names now");
JS
node look.mjs
