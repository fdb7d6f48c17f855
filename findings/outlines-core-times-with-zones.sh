#!/usr/bin/env bash
# outlines-core makes of {"type": "string", "format": "date-time"} the expression that a model's output has to match.
# Expected: the times of RFC 3339, on which the format stands: with Z or an offset from UTC, which has to be there.
# Happens: an offset does not match, and a time without any zone does: 10:00 in Berlin cannot be written as
#   2024-03-05T10:00:00+01:00; the model has to leave the zone out, or put Z for it.
# Matters: local times of documents come out an hour or more off, or in a form that other validators of the same schema
#   refuse; without the format the model wrote them right.
# Source: JSON Schema 2020-12 Validation, 7.3.1 (date-time); RFC 3339, 5.6; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python outlines-core==0.2.14
cat > look.py <<'PY'
import re

from outlines_core.json_schema import build_regex_from_schema

expression = build_regex_from_schema('{"type": "string", "format": "date-time"}')
TIMES = ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00+01:00", "2024-03-05T10:00:00")
seen = {time: bool(re.fullmatch(expression, f'"{time}"')) for time in TIMES}
print(seen, expression)
assert list(seen.values()) == [True, False, True], "offsets match now"
PY
python look.py
