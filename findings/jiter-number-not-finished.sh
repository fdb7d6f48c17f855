#!/usr/bin/env bash
# jiter (the JSON parser of pydantic and of the OpenAI and Anthropic clients) reads an answer that is still coming
#   (partial_mode).
# Expected: an unfinished value is left out: so it is with a text, {"note": "pai, and with a truth value, {"paid": tru.
# Happens: a number counts as finished wherever it ends: while {"total": 1250.5} comes, the total is 1, 12, 125 and 1250,
#   and is missing for a moment at "1250." before it is 1250.5.
# Matters: what acts on the first complete-looking object (checks a limit, stores a row, shows a sum) acts on another
#   amount.
# Source: jiter's documentation of partial_mode (incomplete values at the end are dropped); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python jiter==0.19.0
cat > look.py <<'PY'
import jiter


def read(text):
    return jiter.from_json(text.encode(), partial_mode=True)


NUMBER = '{"total": 1250.5}'
seen = [read(NUMBER[:end]) for end in range(NUMBER.index("1") + 1, len(NUMBER))]
print(seen, read('{"note": "pai'), read('{"paid": tru'))
assert read('{"note": "pai') == read('{"paid": tru') == {}
totals = [1, 12, 125, 1250, None, 1250.5]
assert [value.get("total") for value in seen] == totals, "an unfinished number is left out now"
PY
python look.py
