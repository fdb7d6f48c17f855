#!/usr/bin/env bash
# clean-text makes plain characters of a text (clean with to_ascii, as it does unless told otherwise), and so does Unidecode,
#   which it uses: "£5", "¥500", "§ 5", "5 ‰".
# Expected: signs become the words that stand for them, as € becomes EUR, ½ becomes 1/2 and © becomes (c); or they stay.
# Happens: £5 becomes "PS5", ¥500 "Y=500", § 5 "SS 5", and 5 ‰ "5 %0".
# Matters: amounts in pounds and yen and references to sections are found by no query; PS5 and SS 5 are names of other things.
# Source: Unidecode's README (what a person with a US keyboard would type); ISO 4217 (GBP, JPY); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python clean-text==0.7.1 unidecode==1.4.0
cat > look.py <<'PY'
from cleantext import clean
from unidecode import unidecode

TEXT = "€5, ½, £5, ¥500, § 5, 5 ‰"
seen = [clean(TEXT, lower=False), unidecode(TEXT)]
print(seen)
for text in seen:
    assert text.startswith("EUR5, ") and "1/2" in text, text
    assert text.endswith("PS5, Y=500, SS 5, 5 %0"), "the signs are written otherwise now"
PY
python look.py
