#!/usr/bin/env bash
# quantulum3 finds quantities in a text: "20 minutes", "half a litre", "$5m".
# Expected: 20 minutes of time, half a litre, and five million dollars or five dollars.
# Happens: 20 minutes of arc (an angle), half a "per litre", and 5 dollar metres. "2 min", "2 litres" and "€5k" are read right.
# Matters: filters by duration or volume lose the commonest words for them, and a conversion of units refuses or gives nonsense;
#   without its optional classifier the library picks one of several meanings and tells nothing.
# Source: quantulum3's README (extraction of quantities; the classifier is an extra for ambiguous units); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python quantulum3==0.10.0 setuptools==80.9.0
cat > look.py <<'PY'
from quantulum3 import parser

TEXTS = ["it takes 20 minutes", "it takes 20 min", "half a litre", "2 litres", "$5m"]
seen = {text: [(found.value, found.unit.name, found.unit.entity.name) for found in parser.parse(text)] for text in TEXTS}
print(seen)
assert seen["it takes 20 min"] == [(20, "minute", "time")]
assert seen["2 litres"][0][2] == "volume"
assert seen["it takes 20 minutes"] == [(20, "minute of arc", "angle")], "minutes are a time now"
assert seen["half a litre"][0][:2] == (0.5, "per litre"), "half a litre is a volume now"
assert seen["$5m"][0][:2] == (5, "dollar metre"), "$5m is an amount now"
PY
python look.py 2>/dev/null
