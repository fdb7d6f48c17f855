#!/usr/bin/env bash
# json-schema-to-pydantic makes a model of a JSON Schema whose fields refer to a definition ($ref to $defs) with limits: a code by a
#   pattern, an age of at least 18.
# Expected: the limits hold, as they do when the same rules stand in the field itself; the package resolves references.
# Happens: only the type is taken from the definition: "x" and 3 pass. The same rules in place are checked.
# Matters: schemas that programs write put what is used twice into $defs; the limits of just these fields are gone, and nothing is said.
# Source: JSON Schema 2020-12, Core, 8.2.3.1 ($ref applies the other schema); the package's README (references, constraints); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python json-schema-to-pydantic==0.5.0 jsonschema==4.26.0
cat > look.py <<'PY'
from json_schema_to_pydantic import create_model
from jsonschema import Draft202012Validator
from pydantic import ValidationError

RULES = {"code": {"type": "string", "pattern": "^PPR-[0-9]+$"}, "age": {"type": "integer", "minimum": 18}}


def passes(fields, **more):
    schema = {"title": "Person", "type": "object", "properties": fields, **more}
    model, seen = create_model(schema), []
    for value in ({"code": "PPR-9087", "age": 40}, {"code": "x"}, {"age": 3}):
        try:
            model.model_validate(value)
            seen.append(True)
        except ValidationError:
            seen.append(False)
    return seen, [Draft202012Validator(schema).is_valid(value) for value in ({"code": "x"}, {"age": 3})]


within = passes(RULES)
referred = passes({name: {"$ref": f"#/$defs/{name}"} for name in RULES}, **{"$defs": RULES})
print(within, referred)
assert within == ([True, False, False], [False, False])
assert referred[1] == [False, False]
assert referred[0] == [True, True, True], "rules behind references hold now"
PY
python look.py
