#!/usr/bin/env bash
# json-repair takes the JSON out of a model's reply that has a sentence with a citation before it: 'By the lease [1]:
#   {"rent": 950}'.
# Expected: {"rent": 950}, as it is without the mark.
# Happens: [[1], {"rent": 950}]: the mark is a list of JSON and is found first. A reply of plain words, "The rent is 950
#   [1].", becomes [1], where without the mark the result is empty or no JSON.
# Matters: with answers that cite, the type of the result changes from reply to reply; .get() fails, or the source's number
#   is taken for the answer.
# Source: json-repair's README (extracts JSON from text around it); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python json-repair==0.64.6
cat > look.py <<'PY'
import json_repair

REPLIES = ('By the lease: {"rent": 950}', 'By the lease [1]: {"rent": 950}', "The rent is 950 [1].")
seen = [json_repair.loads(reply) for reply in REPLIES]
print(seen)
assert seen[0] == {"rent": 950}, seen
assert seen[1] == [[1], {"rent": 950}] and seen[2] == [1], "marks are passed over now"
PY
python look.py
