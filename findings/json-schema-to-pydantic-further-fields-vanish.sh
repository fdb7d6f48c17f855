#!/usr/bin/env bash
# json-schema-to-pydantic makes a model of a JSON Schema that says what further fields may be: none (additionalProperties: false), or
#   numbers only.
# Expected: {"rent": 950, "rnet": 12} is refused by the first, and {"fee": "high"} by the second; {"fee": 12} is kept by the second.
# Happens: all pass, and the further fields are gone from the model in each case, also where the schema allows them.
# Matters: the misspelled name of an argument is not told to the model that calls the tool, and a value that is allowed never
#   arrives.
# Source: JSON Schema 2020-12, Core, 10.3.2.3 (additionalProperties); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python json-schema-to-pydantic==0.5.0 jsonschema==4.26.0
cat > look.py <<'PY'
from json_schema_to_pydantic import create_model
from jsonschema import Draft202012Validator


def look(further, value):
    schema = {"title": "Cost", "type": "object", "properties": {"rent": {"type": "integer"}}, "required": ["rent"]}
    schema["additionalProperties"] = further
    return create_model(schema).model_validate(value).model_dump(), Draft202012Validator(schema).is_valid(value)


none = look(False, {"rent": 950, "rnet": 12})
wrong = look({"type": "number"}, {"rent": 950, "fee": "high"})
right = look({"type": "number"}, {"rent": 950, "fee": 12})
print(none, wrong, right)
assert (none[1], wrong[1], right[1]) == (False, False, True)
assert none[0] == {"rent": 950}, "unknown names are refused now"
assert wrong[0] == {"rent": 950}, "further fields are checked now"
assert right[0] == {"rent": 950}, "further fields are kept now"
PY
python look.py
