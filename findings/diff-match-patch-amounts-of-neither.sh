#!/usr/bin/env bash
# diff-match-patch makes a patch of two versions of a text, "The rent is 950 euros" and "... 980 euros", and applies it to copies in which
#   others have changed the amount meanwhile: to 750, and to 1950.
# Expected: 980 in both, or a patch that does not apply (False): the amount it is to replace is not there any more.
# Happens: 780 and 1980, and True: the patch is "8 for 5" between two other signs, and finds its place nearly. Both are amounts that stand
#   in no version; with 940, of which no 5 is left, it says True as well, and the amount becomes 980.
# Matters: editors in which several people, or a model and a person, work on one text merge by such patches; a contract gets a rent
#   that no version ever had, without a conflict.
# Source: diff-match-patch's documentation (patches are applied as well as can be; True says that one was applied); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python diff-match-patch==20241021
cat > look.py <<'PY'
from diff_match_patch import diff_match_patch

TEXT = "The rent is {} euros. It is due on the 5th."
tool = diff_match_patch()
patches = tool.patch_make(TEXT.format(950), TEXT.format(980))
seen = {amount: tool.patch_apply(patches, TEXT.format(amount)) for amount in (950, 750, 1950, 940)}
print(*seen.items(), sep="\n")
assert seen[950] == (TEXT.format(980), [True])
assert seen[750] == (TEXT.format(780), [True]), "another amount is kept or replaced whole now"
assert seen[1950] == (TEXT.format(1980), [True]), "another amount is kept or replaced whole now"
PY
python look.py
