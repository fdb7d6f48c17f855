#!/usr/bin/env bash
# Metaphone (Python's double metaphone, with which names are found by their sound) gives the keys of O'Brien, D'Angelo and St. John,
#   and of OBrien, DAngelo and St John, as other people and systems write them.
# Expected: the same keys: an apostrophe or a full stop has no sound; a blank makes no difference either.
# Happens: AAPRN beside APRN, TTNJL beside TNJL: a sign that is no letter says the one before it once more. A hyphen does too, and what
#   comes next is lost: Smith-Jones is SM00NS, Smith Jones SM0JNS.
# Matters: people of Irish and Italian names, and all with double names, are not found under the other spelling and are not
#   seen as duplicates, which is what the key is for.
# Source: L. Philips, The double metaphone search algorithm (letters only); jellyfish's metaphone, in which both are OBRN; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python Metaphone==0.6 jellyfish==1.3.0
cat > look.py <<'PY'
import jellyfish
from metaphone import doublemetaphone

pairs = [("O'Brien", "OBrien"), ("D'Angelo", "DAngelo"), ("St. John", "St John"), ("Smith-Jones", "Smith Jones")]
seen = [tuple(doublemetaphone(name)[0] for name in pair) for pair in pairs]
print(seen)
assert doublemetaphone("O Brien") == doublemetaphone("OBrien")
assert jellyfish.metaphone("O'Brien") == jellyfish.metaphone("OBrien")
assert seen[0] == ("AAPRN", "APRN") and all(one != other for one, other in seen), "signs are passed over now"
PY
python look.py
