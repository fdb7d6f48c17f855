#!/usr/bin/env bash
# pygrok reads numbers with an exponent from a log, as programs write small and large ones: "took 1.5e-3 s" with %{NUMBER:took:float}.
# Expected: 0.0015, or no match; NUMBER is the pattern for numbers, and the field is to be a float.
# Happens: 1.5, without a message: the pattern ends at the e, and what follows is not asked for. "rate 2e6" is 2.
# Matters: a thousandth of a second is recorded as one and a half, a million times less is a rate; alarms and means are wrong.
# Source: pygrok's README (types int and float); its patterns/grok-patterns, BASE10NUM; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pygrok==1.0.0 setuptools==65.5.0
cat > look.py <<'PY'
from pygrok import Grok

seen = [Grok(pattern).match(text) for pattern, text in [
    ("took %{NUMBER:took:float}", "took 0.25 s"),
    ("took %{NUMBER:took:float}", "took 1.5e-3 s"),
    ("rate %{NUMBER:rate:float}", "rate 2e6"),
]]
print(seen)
assert seen[0] == {"took": 0.25}
assert seen[1:] == [{"took": 1.5}, {"rate": 2.0}], "exponents are read now"
PY
python look.py
