#!/usr/bin/env bash
# humanparser (npm) takes names apart: "Yo-Yo Ma", "Ma, Yo-Yo", "Jack Ma"; also "Pe, Anna".
# Expected: Ma and Pe are last names, as in nameparser (Python): they stand where these stand, and before a comma nothing else can; Ma is
#   one of the commonest names there are.
# Happens: suffixes, as the degrees MA and PE: the last name is empty, in either form.
# Matters: lists are sorted and letters addressed ("Dear Mr.") by the last name; those people have none, and a search by
#   it does not find them.
# Source: humanparser's README ("last, first" is read); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node humanparser@2.7.0
with_python nameparser==2.6.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import humanparser from "humanparser";

const last = (name) => {
  const { lastName, suffix } = humanparser.parseName(name);
  return [lastName, suffix];
};
const seen = ["Yo-Yo Ma", "Ma, Yo-Yo", "Pe, Anna", "Ma Long", "Smith, Anna"].map(last);
console.log(seen);
assert.deepEqual(seen[4], ["Smith", undefined]);
assert.deepEqual(seen.slice(0, 3), [["", "Ma"], ["", "Ma"], ["", "Pe"]], "Ma is a name now");
JS
node look.mjs
python - <<'PY'
from nameparser import HumanName
print("nameparser:", [HumanName(name).last for name in ("Yo-Yo Ma", "Ma, Yo-Yo", "Pe, Anna")])
PY
