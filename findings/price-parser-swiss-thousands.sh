#!/usr/bin/env bash
# price-parser reads an amount as it is written in Switzerland, with an apostrophe at the thousands: CHF 1’234.50.
# Expected: 1234.50, as for the same amount with the apostrophe of a typewriter (').
# Happens: the typographic apostrophe (U+2019), with which Babel 2.17 and browsers of that time write such amounts and which
#   Word sets by itself, ends the number: 1 franc. CHF 12’500 is 12.
# Matters: amounts of Swiss shops, bills and contracts are a thousand times too low, and look right.
# Source: CLDR 46, numbers of de-CH (group U+2019; CLDR 48 has the other one); price-parser's README (thousand separators are
#   recognised); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python price-parser==0.5.1 babel==2.17.0
cat > look.py <<'PY'
from babel.numbers import format_currency
from price_parser import Price

written = format_currency(1234.5, "CHF", locale="de_CH")
amounts = [float(Price.fromstring(price).amount) for price in (written.replace("\u2019", "'"), written, "CHF 12\u2019500")]
print(ascii(written), amounts)
assert "1\u2019234.50" in written, ascii(written)
assert amounts[0] == 1234.5
assert amounts[1:] == [1, 12], "the apostrophe is read now"
PY
python look.py
