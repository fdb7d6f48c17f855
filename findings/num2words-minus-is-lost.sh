#!/usr/bin/env bash
# num2words writes numbers between 0 and -1 in words: -0.5 degrees, -0.25 %.
# Expected: "minus zero point five", as -1.5 is "minus one point five".
# Happens: "zero point five": the sign belongs to the part before the point, and that part is 0. So it is in German, Spanish,
#   French and Dutch; Italian says "meno zero virgola cinque".
# Matters: losses, frost and negative rates of interest are read aloud, or stand in a summary, as gains.
# Source: num2words' README (floats are among its examples); its own Italian; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python num2words==0.5.14
cat > look.py <<'PY'
from num2words import num2words

assert num2words(-1.5) == "minus one point five"
assert num2words(-0.5, lang="it") == "meno zero virgola cinque"
seen = {language: num2words(-0.5, lang=language) for language in ("en", "de", "es", "fr", "nl")}
print(seen)
for language, words in seen.items():
    assert words == num2words(0.5, lang=language), f"{language} writes the sign now"
PY
python look.py
