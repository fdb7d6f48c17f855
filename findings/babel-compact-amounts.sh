#!/usr/bin/env bash
# Babel writes large numbers in a short form (format_compact_decimal, format_compact_currency): 1,500,000 and 2,499,999.
# Expected: 1.5M and 2.5M, as JavaScript's Intl.NumberFormat with notation "compact" writes them from the same data of CLDR: at
#   least two figures are kept.
# Happens: 2M and 2M: no figures behind the point are kept unless told so; fraction_digits=1 gives all three as JavaScript does.
# Matters: a turnover is a third too high, and two that differ by a million look equal.
# Source: ECMA-402 (notation "compact" keeps two figures); Babel's documentation of format_compact_decimal;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Babel==2.19.0
cat > look.py <<'PY'
import json
import subprocess

from babel.numbers import format_compact_decimal

NUMBERS = [1_500_000, 2_499_999, 1_000_000]
node = f'console.log(JSON.stringify({NUMBERS}.map((n) => new Intl.NumberFormat("en", {{notation: "compact"}}).format(n))))'
of_node = json.loads(subprocess.run(["node", "-e", node], capture_output=True, check=True, text=True).stdout)
seen = [format_compact_decimal(number, locale="en") for number in NUMBERS]
one = [format_compact_decimal(number, locale="en", fraction_digits=1) for number in NUMBERS]
print(seen, one, of_node)
assert of_node == one == ["1.5M", "2.5M", "1M"]
assert seen == ["2M", "2M", "1M"], "figures behind the point are kept now"
PY
python look.py
