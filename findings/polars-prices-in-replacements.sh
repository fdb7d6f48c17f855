#!/usr/bin/env bash
# Polars fills a price into a sentence: str.replace("PRICE", "$950") on "The rent is PRICE."
# Expected: "The rent is $950.", as Python's own str.replace and re.sub have it, in which a group is \1.
# Happens: "The rent is .": $950 stands for group 950 of the pattern, which is not there, and so for nothing. "US$5" becomes "US";
#   "costs $5 now" is "costs  now", but "$ 5" is kept. literal=True, or $$, keeps it.
# Matters: amounts in dollars, and only these, vanish from texts and prompts; what is replaced looks like plain text, so that
#   one does not think of patterns.
# Source: Python's re (groups as \1); Polars' reference (str.replace: $ refers to groups; literal=False); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python polars==2.1.0
cat > look.py <<'PY'
import re

import polars

sentence = polars.Series(["The rent is PRICE."])
seen = [sentence.str.replace("PRICE", price)[0] for price in ("€950", "$950", "US$5", "$ 5")]
print(seen, re.sub("PRICE", "$950", sentence[0]), sentence.str.replace("PRICE", "$950", literal=True)[0])
assert seen[0] == "The rent is €950." and seen[3] == "The rent is $ 5."
assert seen[1:3] == ["The rent is .", "The rent is US."], "dollars are kept now"
PY
python look.py
