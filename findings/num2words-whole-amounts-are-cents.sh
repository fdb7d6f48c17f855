#!/usr/bin/env bash
# num2words writes amounts in words (to="currency"): 100 dollars, once from a float and once from a whole number.
# Expected: "one hundred dollars" both times: 100 and 100.0 are equal, and the plain call writes "one hundred" for either.
# Happens: a whole number counts cents: 100 is "one dollar, zero cents", in every language (5 is "null Euro und fünf Cent"). A
#   float, a Decimal and the text "100" are dollars.
# Matters: amounts come from JSON and databases as whole numbers whenever they have no cents; just those are a hundred times too
#   small in words, on cheques, contracts and read aloud, and the others are right.
# Source: num2words' README (to: currency; nothing there on cents); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python num2words==0.5.14
cat > look.py <<'PY'
from decimal import Decimal

from num2words import num2words

seen = {repr(amount): num2words(amount, to="currency", currency="USD") for amount in (100, 100.0, "100", Decimal(100))}
german = num2words(5, lang="de", to="currency", currency="EUR")
print(seen, german)
right = "one hundred dollars, zero cents"
assert [seen["100.0"], seen["'100'"], seen["Decimal('100')"]] == [right] * 3
assert seen["100"] == "one dollar, zero cents", "whole numbers are whole amounts now"
assert german == "null Euro und fünf Cent", german
PY
python look.py
