#!/usr/bin/env bash
# strsimpy measures how far short texts are apart by groups of three letters (QGram, its usual size): "EU" and "US", "5" and "7".
# Expected: more than 0, or an error: 0 is for texts that are equal, and its Jaccard and Cosine give a similarity of 0 for these.
# Happens: 0, the same as for equal texts: a text of fewer letters than the group has no groups, and nothing differs from nothing.
# Matters: lists of countries, units and codes are matched and cleaned of double entries by such a distance; all of the short ones are
#   the same.
# Source: Ukkonen 1992 (the distance counts differing groups); strsimpy's README (distance: 0 means the texts are identical); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python strsimpy==0.2.1
cat > look.py <<'PY'
from strsimpy.cosine import Cosine
from strsimpy.jaccard import Jaccard
from strsimpy.qgram import QGram

PAIRS = [("abcd", "abce"), ("EU", "US"), ("kg", "lb"), ("5", "7"), ("EU", "EU")]
seen = {pair: (QGram().distance(*pair), Jaccard(3).similarity(*pair), Cosine(3).similarity(*pair)) for pair in PAIRS}
for pair, values in seen.items():
    print(pair, values)
assert seen[PAIRS[0]][0] > 0
assert [seen[pair][1:] for pair in PAIRS[1:4]] == [(0, 0)] * 3
assert [seen[pair][0] for pair in PAIRS[1:]] == [0] * 4, "short texts differ now"
PY
python look.py
