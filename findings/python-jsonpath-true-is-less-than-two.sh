#!/usr/bin/env bash
# python-jsonpath and jsonpath-rfc9535 (PyPI) look for the entries whose count is below two, $[?@.count < 2], in a list that has
#   the counts true, false, 1, 3 and "1".
# Expected: the entry with 1: by the standard only numbers are less than numbers, and texts only than texts.
# Happens: those with true, false and 1. The text is left out rightly, and $[?@.count == 1] of the
#   first finds only the 1.
# Matters: fields that are a number or yes and no ("unlimited": true) are usual; such entries are found among the small ones, and
#   the same query gives other hits elsewhere.
# Source: RFC 9535, 2.3.5.2.2 (less than: both numbers or both strings, otherwise false), which the second has in
#   its name; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-jsonpath==2.2.2 jsonpath-rfc9535==1.0.0
cat > look.py <<'PY'
import jsonpath, jsonpath_rfc9535

data = [{"count": count} for count in (True, False, 1, 3, "1")]
query = "$[?@.count < 2]"
standard = [node.value["count"] for node in jsonpath_rfc9535.find(query, data)]
seen = [entry["count"] for entry in jsonpath.findall(query, data)]
equal = [entry["count"] for entry in jsonpath.findall("$[?@.count == 1]", data)]
print("jsonpath-rfc9535:", standard, "python-jsonpath:", seen, "equal to 1:", equal)
assert [repr(count) for count in standard] == ["True", "False", "1"], "only numbers are compared now"
assert [repr(count) for count in equal] == ["1"]
assert [repr(count) for count in seen] == ["True", "False", "1"], "only numbers are compared now"
PY
python look.py
