#!/usr/bin/env bash
# price-parser reads an offer in which a count stands before the price: "3 for €5", "2 x 9.99 €", "12 Monate à 9,99 €".
# Expected: 5, 9.99 and 9.99 euros: the sign of the currency stands beside that number.
# Happens: 3, 2 and 12 euros: the currency is looked for anywhere, and the amount is the first number. "50 % off, 20 €" is 50 euros,
#   and one with the year before it ("2024: 950 €") is 2024. "5 for 3 €" is 5.
# Matters: rates, packs and discounts of shops and contracts get another price, with the right currency beside it.
# Source: price-parser's README (extract price amount and currency symbol from a string); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python price-parser==0.5.1
cat > look.py <<'PY'
from price_parser import Price

WRONG = {"3 for €5": 3, "2 x 9.99 €": 2, "12 Monate à 9,99 €": 12, "50 % off, 20 €": 50, "2024: 950 €": 2024}
price = lambda text: Price.fromstring(text)
seen = {text: (float(price(text).amount), price(text).currency) for text in WRONG}
print(seen)
assert float(price("from 950 €").amount) == 950
assert seen == {text: (amount, "€") for text, amount in WRONG.items()}, "the price is the number beside the sign now"
PY
python look.py
