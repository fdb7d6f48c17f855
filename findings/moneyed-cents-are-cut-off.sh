#!/usr/bin/env bash
# py-moneyed gives the amount in cents, as services of payment want it (get_amount_in_sub_unit): 19.99 dollars and ten per cent, 21.989.
# Expected: 2199: it is $21.99 where it is shown (format_money, str) and where it is rounded (round(2)); or an error, since there are parts
#   of cents.
# Happens: 2198: what is below a cent is cut off, also 0.999 of one.
# Matters: less is charged than the bill says, a cent with most rates and shares; sums of lines and of the whole differ.
# Source: py-moneyed's README (get_amount_in_sub_unit; round); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python py-moneyed==3.0
cat > look.py <<'PY'
from decimal import Decimal

from moneyed import Money
from moneyed.l10n import format_money

price = Money("19.99", "USD") * Decimal("1.1")
seen = price.get_amount_in_sub_unit(), str(price.round(2).amount), format_money(price, locale="en_US")
print(price.amount, seen)
assert seen[1:] == ("21.99", "$21.99")
assert seen[0] == 2198, "cents are rounded now"
PY
python look.py
