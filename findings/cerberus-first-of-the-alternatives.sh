#!/usr/bin/env bash
# Cerberus checks a text with a pattern of alternatives: {"regex": "cat|dog"}.
# Expected: "cat" and "dog" pass and "catfish" does not: for the pattern "cat" it does not, as the whole text has to match.
# Happens: "catfish" passes, and "dogfish" does not: a dollar sign is put behind the pattern, and belongs to the last alternative only.
#   With brackets, "(cat|dog)", both are refused.
# Matters: lists of allowed codes and units written this way let in all that begins like one of the first ones.
# Source: Cerberus' documentation of regex (fails when the value does not match the pattern); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Cerberus==1.3.8
cat > look.py <<'PY'
from cerberus import Validator

passes = lambda pattern, text: Validator({"field": {"type": "string", "regex": pattern}}).validate({"field": text})
WORDS = ["cat", "dog", "catfish", "dogfish"]
seen = {pattern: [word for word in WORDS if passes(pattern, word)] for pattern in ("cat", "(cat|dog)", "cat|dog")}
print(seen)
assert seen["cat"] == ["cat"] and seen["(cat|dog)"] == ["cat", "dog"]
assert seen["cat|dog"] == ["cat", "dog", "catfish"], "each alternative has to match as a whole now"
PY
python look.py
