#!/usr/bin/env bash
# cel-python compares a field with null, and a number with a whole one: doc.limit == null, doc.limit == 1.
# Expected: false for 5 == null, and true for 1.0 == 1: the language compares values of any types, and numbers by their value.
# Happens: "found no matching overload" for both; a text is compared with null, and 2.5 > 1 works. The rule works as long as the field is
#   empty, or whole.
# Matters: conditions that ask whether a number is set fail as soon as it is; a JSON number with ".0" stops the rule.
# Source: CEL language definition, "Equality" (== is defined for mixed types; numeric types compare as on one number line); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python cel-python==0.5.0
cat > look.py <<'PY'
import celpy


def evaluate(text, limit):
    environment = celpy.Environment()
    try:
        return bool(environment.program(environment.compile(text)).evaluate({"doc": celpy.json_to_cel({"limit": limit})}))
    except celpy.CELEvalError as error:
        return str(error.args[0])[:28]


CASES = [("doc.limit == null", None), ("doc.limit == null", "x"), ("doc.limit == 1", 1), ("doc.limit > 1", 2.5)]
ERRORS = [("doc.limit == null", 5), ("doc.limit == 1", 1.0), ("doc.limit == 'x'", 5)]
right, wrong = [evaluate(*case) for case in CASES], [evaluate(*case) for case in ERRORS]
print(right, wrong)
assert right == [True, False, True, True]
assert wrong == ["found no matching overload fo"[:28]] * 3, "values of all types are compared now"
PY
python -W ignore look.py
