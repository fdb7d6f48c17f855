#!/usr/bin/env bash
# dictdiffer compares two records whose ids, whole numbers of 17 figures, differ by one.
# Expected: a change, as for ids of 15 figures: whole numbers of Python are exact.
# Happens: no difference: numbers are compared with a tolerance that is meant for fractions, and which grows with them. 2**53 and the
#   one after it are the same.
# Matters: ids of messages, posts and bank transfers have 17 to 19 figures; the record of another one counts as unchanged, and no patch
#   is made.
# Source: dictdiffer's documentation of diff (tolerance: when two floats are compared); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python dictdiffer==0.10.0 deepdiff==9.1.0
cat > look.py <<'PY'
import deepdiff
import dictdiffer

PAIRS = [(10**14, 10**14 + 1), (10**16, 10**16 + 1), (2**53, 2**53 + 1), (123456789012345678, 123456789012345679)]
seen = [list(dictdiffer.diff({"id": old}, {"id": new})) for old, new in PAIRS]
other = [bool(deepdiff.DeepDiff({"id": old}, {"id": new})) for old, new in PAIRS]
print(seen, other)
assert seen[0] == [("change", "id", PAIRS[0])] and all(other)
assert seen[1:] == [[], [], []], "long ids differ now"
PY
python look.py
