#!/usr/bin/env bash
# json-schema-to-pydantic makes a model of a JSON Schema with a list whose items must not repeat (uniqueItems): the order of steps or of
#   sources.
# Expected: a list in its order; [3, 1, 3] is refused, since that is what the rule is for.
# Happens: the field is a set: the order is gone, ["write", "ask", "look"] comes out in an order of its own, the repeated item is dropped
#   without an error, and as Python's data it is no JSON.
# Matters: MCP and LLM tools have their arguments checked so; ranks and steps that stand in a list are mixed up.
# Source: JSON Schema 2020-12, Validation, 6.4.3 (uniqueItems) and Core, 4.2.1 (an array is ordered); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python json-schema-to-pydantic==0.5.0 jsonschema==4.26.0
cat > look.py <<'PY'
from json_schema_to_pydantic import create_model
from jsonschema import Draft202012Validator

numbers = {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}
schema = {"title": "Plan", "type": "object", "properties": {"steps": numbers}, "required": ["steps"]}
Plan = create_model(schema)
ordered, repeated = {"steps": [8, 3, 1]}, {"steps": [3, 1, 3]}
read = [Plan.model_validate(value).steps for value in (ordered, repeated)]
valid = [Draft202012Validator(schema).is_valid(value) for value in (ordered, repeated)]
print(read, Plan.model_validate(ordered).model_dump_json(), valid)
assert valid == [True, False]
assert read[0] == {1, 3, 8} and isinstance(read[0], set), "lists stay lists now"
assert read[1] == {1, 3}, "repeated items are refused now"
assert Plan.model_validate(ordered).model_dump_json() != '{"steps":[8,3,1]}', "the order is kept now"
PY
python look.py
