#!/usr/bin/env bash
# textdistance compares words by one measure after the other, each as normalized_similarity: equal ones, and "pump" with nothing.
# Expected: 1 for equal words and 0 for the other pair; its README says so of this method: 0 is totally different, 1 is equal.
# Happens: in tanimoto equal words have 0, and "pump" and nothing minus infinity; in smith_waterman and gotoh "pump" and nothing have
#   1, as if they were equal.
# Matters: measures are exchanged for one another and their values put against one limit; a record with an empty name is then the double
#   of each other one, and equal names are none.
# Source: textdistance's README (normalized_similarity); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python textdistance==4.6.3 numpy==2.4.6
cat > look.py <<'PY'
import textdistance

names = ("levenshtein", "jaro_winkler", "ratcliff_obershelp", "tanimoto", "smith_waterman", "gotoh")
seen = {}
for name in names:
    measure = getattr(textdistance, name).normalized_similarity
    seen[name] = float(measure("pump", "pump")), float(measure("pump", ""))
    print(name, *seen[name])
assert all(seen[name] == (1, 0) for name in names[:3])
assert seen["tanimoto"] == (0, float("-inf")), "tanimoto lies between 0 and 1 now"
assert seen["smith_waterman"][1] == seen["gotoh"][1] == 1, "nothing is like nothing else now"
PY
python look.py
