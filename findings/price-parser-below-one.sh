#!/usr/bin/env bash
# price-parser reads prices with three decimals, as energy, fuel, paper and calls have them: "€0.285 per kWh".
# Expected: 0.285: no number below one has groups of thousands, so that the sign can only be that of the decimals.
# Happens: 285: one separator before three digits is always one of thousands. "0.45" and "0.1234" are right. decimal_separator="." mends
#   it where the sign is known. A refund of "-5 €" is 5.
# Matters: the price is a thousand times too high, in the right currency and without a doubt.
# Source: price-parser's README (extracts price and currency from raw text); BIPM, The International System of Units, 5.4.4 (decimal
#   markers, and groups of three from there); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python price-parser==0.5.1
cat > look.py <<'PY'
from price_parser import Price

TEXTS = ("€0.285 per kWh", "0,285 €/kWh", "$0.005 a page", "0.45 €", "0.1234 €")
seen = {text: str(Price.fromstring(text).amount) for text in TEXTS}
known = str(Price.fromstring(TEXTS[0], decimal_separator=".").amount)
print(seen, known)
assert known == "0.285" and seen["0.45 €"] == "0.45" and seen["0.1234 €"] == "0.1234", seen
assert [seen[text] for text in TEXTS[:3]] == ["285", "285", "5"], "prices below one are right now"
PY
python look.py
