#!/usr/bin/env bash
# price-parser reads prices with three decimals: of electricity, petrol, and in dinars, which have a thousand parts.
# Expected: "0.249 €/kWh" is 0.249: no number with a group of thousands begins with a nought. "0.24" and "0.2499" are read so.
# Happens: 249 euros: three figures behind a stop or a comma always count as thousands. "1.849 €/l" is 1849, and "1,234.500 KWD",
#   where both signs stand, is 1234500.
# Matters: tariffs and fuel prices are a thousand times too high; the same list has some right and some wrong.
# Source: ISO 4217 (three decimals of KWD, BHD, TND); price-parser's README (decimal separators are detected; decimal_separator
#   sets one); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python price-parser==0.5.1
cat > look.py <<'PY'
from price_parser import Price

PRICES = ["0.24 €/kWh", "0.2499 €/kWh", "0.249 €/kWh", "0,249 €/kWh", "1.849 €/l", "1,234.500 KWD"]
amounts = [float(Price.fromstring(price).amount) for price in PRICES]
print(dict(zip(PRICES, amounts)))
assert float(Price.fromstring("0.249 €/kWh", decimal_separator=".").amount) == 0.249
assert amounts[:2] == [0.24, 0.2499]
assert amounts[2:] == [249, 249, 1849, 1234500], "three decimals are decimals now"
PY
python look.py
