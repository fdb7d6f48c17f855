#!/usr/bin/env bash
# text2digits turns numbers in words into figures: "one point five million", "half a million people".
# Expected: 1500000 (it gives 3500000 for "3.5 million"), and 500000 or the words as they stand.
# Happens: "1.5000000": the million is written out behind the point, and the number is one and a half. "half a million people" becomes
#   "half a 1000000 people".
# Matters: amounts are a million times too small in what is indexed, added up or shown, and look like exact figures.
# Source: text2digits' README (decimals and multipliers); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python text2digits==0.1.2
cat > look.py <<'PY'
from text2digits.text2digits import Text2Digits

WORDS = ["3.5 million euros", "two million", "one point five million euros", "two point two five thousand", "half a million people"]
seen = [Text2Digits().convert(words) for words in WORDS]
print(seen)
assert seen[:2] == ["3500000 euros", "2000000"]
assert float(seen[2].split()[0]) == 1.5
assert seen[2:] == ["1.5000000 euros", "2.25000", "half a 1000000 people"], "the million counts now"
PY
python look.py
