#!/usr/bin/env bash
# inflect (Python) writes numbers in words that come as text (number_to_words): "1/2", "12:30", "1e3", "10-12".
# Expected: an error, as it has classes for bad numbers (BadNumValueError); or one half, and a thousand: it reads
#   "-0.5", "1,234" and "21st".
# Happens: twelve; one thousand, two hundred and thirty; thirteen; one thousand and twelve: all but figures is taken out and the rest is read
#   as one number.
# Matters: what is read aloud or put into contracts names another amount, one that looks right; only the figures beside it would
#   show it.
# Source: inflect's README (number_to_words of strings); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python inflect==7.6.0
cat > look.py <<'PY'
import inflect

engine = inflect.engine()
seen = {text: engine.number_to_words(text) for text in ("-0.5", "1,234", "21st", "1/2", "12:30", "1e3", "10-12")}
print(seen)
assert [seen["-0.5"], seen["21st"]] == ["minus zero point five", "twenty-first"]
assert seen["1/2"] == "twelve" and seen["1e3"] == "thirteen", "halves and powers are read or refused now"
assert seen["12:30"] == "one thousand, two hundred and thirty", "times are refused now"
assert seen["10-12"] == "one thousand and twelve", "ranges are refused now"
PY
python look.py
