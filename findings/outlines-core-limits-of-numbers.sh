#!/usr/bin/env bash
# outlines-core makes of a JSON Schema the expression that a model's output has to match: {"type": "integer", "minimum": 1,
#   "maximum": 5}.
# Expected: 1 to 5, or an error that limits of numbers are not supported: maxLength and maxItems are kept, and an unknown
#   format of text could be told.
# Happens: the limits are left out without a word: 99 and -4 match. So are multipleOf, uniqueItems, and properties beyond
#   those that are named (additionalProperties).
# Matters: the output counts as "guaranteed by the schema" and is not checked again; a grade of 99, or the number of a
#   source that does not exist, goes on.
# Source: JSON Schema 2020-12 Validation, 6.2 (minimum, maximum); outlines-core's documentation of build_regex_from_schema;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python outlines-core==0.2.14
cat > look.py <<'PY'
import json
import re

from outlines_core.json_schema import build_regex_from_schema


def allows(text, **schema):
    return bool(re.fullmatch(build_regex_from_schema(json.dumps(schema)), text))


limited = {text: allows(text, type="integer", minimum=1, maximum=5) for text in ("3", "99", "-4")}
short = {text: allows(text, type="string", maxLength=3) for text in ('"abc"', '"abcd"')}
print(limited, short)
assert short == {'"abc"': True, '"abcd"': False}, short
assert limited == {"3": True, "99": True, "-4": True}, "limits of numbers are kept now"
PY
python look.py
