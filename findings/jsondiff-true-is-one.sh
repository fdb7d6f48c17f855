#!/usr/bin/env bash
# jsondiff compares two JSON documents: {"open": true, "count": 0} and {"open": 1, "count": false}.
# Expected: two changes: true and 1 are values of different types in JSON, and jsonpatch and DeepDiff report them.
# Happens: no difference; dictdiffer finds none either. Python takes True for equal to 1, and False to 0.
# Matters: a field that changes its type breaks programs in other languages; the comparison that should warn of it says that
#   the documents are the same, and a patch that is made of it leaves the old value.
# Source: RFC 8259, 3 (true and false are literals, not numbers); RFC 6902, 4.6 (equal values are of the same JSON type); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python jsondiff==2.2.1 dictdiffer==0.10.0 deepdiff==9.1.0 jsonpatch==1.33
cat > look.py <<'PY'
import json

import deepdiff
import dictdiffer
import jsondiff
import jsonpatch

old, new = json.loads('{"open": true, "count": 0}'), json.loads('{"open": 1, "count": false}')
others = [bool(deepdiff.DeepDiff(old, new)), bool(jsonpatch.make_patch(old, new))]
seen = [jsondiff.diff(old, new), list(dictdiffer.diff(old, new)), jsondiff.similarity(old, new)]
print(others, seen, jsondiff.diff({"open": True}, {"open": False}))
assert jsondiff.diff({"open": True}, {"open": False})
assert others == [True, True]
assert seen == [{}, [], 1.0], "true and 1 differ now"
PY
python look.py
