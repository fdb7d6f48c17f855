#!/usr/bin/env bash
# Babel writes 1234 and 12345 in Spanish, Polish and European Portuguese (format_decimal, format_currency).
# Expected: 1234 without a dot and 12.345 with one, as Intl.NumberFormat of JavaScript writes them from the same data of CLDR: in these
#   languages thousands are grouped from five figures on.
# Happens: 1.234 and 1 234: the least number of figures for grouping (minimumGroupingDigits) is passed over.
# Matters: server and browser write the same amount in two ways on one page; years and numbers of houses, too, are read as amounts with
#   decimals where both kinds of dot are known.
# Source: Unicode TS 35, part 3 (minimumGroupingDigits; 2 for es, pl, pt-PT); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python babel==2.19.0
printf 'Node %s\n' "$(node --version)"
cat > look.py <<'PY'
from babel.numbers import format_decimal

seen = {name: [format_decimal(number, locale=name) for number in (1234, 12345)] for name in ("es", "pl", "pt_PT")}
print("Babel:", seen)
assert seen == {"es": ["1.234", "12.345"], "pl": ["1\xa0234", "12\xa0345"], "pt_PT": ["1\xa0234", "12\xa0345"]}, "four figures are not grouped now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";

const seen = ["es", "pl", "pt-PT"].map((name) => [1234, 12345].map((number) => new Intl.NumberFormat(name).format(number)));
console.log("Intl:", seen);
assert(seen.every(([four]) => four === "1234"));
JS
node look.mjs
