#!/usr/bin/env bash
# Microsoft's recognizers-text (Python) looks for amounts of money in "it is 5 ft 3 in wide".
# Expected: none: these are feet and inches, which the same package's recognize_dimension finds.
# Happens: 5.03 Hungarian forint: "Ft" is the sign of the forint, whatever its capitals, and the number behind it counts as its
#   hundredths.
# Matters: heights, widths and lengths of English texts become prices; "20 lb" and the like do not.
# Source: ISO 4217 (HUF; its sign is Ft); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python recognizers-text-number-with-unit==1.0.2a2 emoji==1.7.0
cat > look.py <<'PY'
from recognizers_number_with_unit import recognize_currency, recognize_dimension

read = lambda look, text: [(found.text, found.resolution) for found in look(text, "en-us")]
TEXT = "it is 5 ft 3 in wide"
money, sizes = read(recognize_currency, TEXT), read(recognize_dimension, TEXT)
print(money, sizes)
assert [text for text, _ in sizes] == ["5 ft", "3 in"]
assert read(recognize_currency, "it weighs 20 lb") == []
assert len(money) == 1 and money[0][1]["value"] == "5.03" and money[0][1]["isoCurrency"] == "HUF", "feet are no money now"
PY
python look.py
