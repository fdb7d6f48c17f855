#!/usr/bin/env bash
# Babel reads a number that was typed the other way than the user's language has it: "1.50" in German, "1,5" in English
#   (parse_decimal).
# Expected: an error (NumberFormatError): in German the dot groups thousands, and there are no three digits behind it.
# Happens: 150 and 15: signs of groups are taken out wherever they stand. strict=True refuses, and proposes what may be
#   meant.
# Matters: amounts in filters, forms and imports become ten or a hundred times as high, and nothing asks.
# Source: Unicode Technical Standard 35, part 3, 3 (grouping sizes of a language); Babel's documentation of parse_decimal
#   (raises NumberFormatError if the string cannot be converted); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Babel==2.19.0
cat > look.py <<'PY'
from babel.numbers import NumberFormatError, parse_decimal


def read(text, locale, **options):
    try:
        return str(parse_decimal(text, locale=locale, **options))
    except NumberFormatError as error:
        return f"refused, {error.suggestions}"


CASES = (("1.50", "de"), ("1,5", "en"), ("1.234,5", "de"))
seen, strict = [read(*case) for case in CASES], [read(*case, strict=True) for case in CASES]
print(seen, strict)
assert seen[2] == strict[2] == "1234.5" and all(text.startswith("refused") for text in strict[:2]), strict
assert seen[:2] == ["150", "15"], "such numbers are refused now"
PY
python look.py
