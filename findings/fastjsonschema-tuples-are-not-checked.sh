#!/usr/bin/env bash
# fastjsonschema checks data against a schema that pydantic made of a pair: tuple[str, int].
# Expected: ["Berth 4", "twelve"] is refused, as jsonschema and ajv's 2020 validator do; or the schema is, which says that it is of
#   draft 2020-12, since the library knows drafts 4, 6 and 7 only.
# Happens: it passes: prefixItems, by which pairs are described since 2020, is passed over as an unknown word, and so are
#   dependentRequired and unevaluatedProperties; with a $schema that it does not know the library takes draft 7.
# Matters: schemas are made by tools today, and are of 2020-12; data is stored as checked that nothing has looked at.
# Source: JSON Schema 2020-12, 10.3.1.1 (prefixItems); fastjsonschema's documentation (drafts 4, 6, 7); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fastjsonschema==2.22.3 jsonschema==4.26.0 pydantic==2.14.4
cat > look.py <<'PY'
import fastjsonschema
import jsonschema
from pydantic import TypeAdapter

DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
schema = DIALECT | TypeAdapter(tuple[str, int]).json_schema()
needs = DIALECT | {"dependentRequired": {"iban": ["name"]}}
print(schema)


def fast_takes(schema, value):
    try:
        fastjsonschema.validate(schema, value)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


WRONG = [(schema, ["Berth 4", "twelve"]), (needs, {"iban": "DE00"})]
assert fast_takes(schema, ["Berth 4", 12]) and not fast_takes(schema, ["Berth 4"])
assert not any(jsonschema.Draft202012Validator(made_of).is_valid(value) for made_of, value in WRONG)
seen = [fast_takes(made_of, value) for made_of, value in WRONG]
print(seen)
assert seen == [True, True], "words of 2020-12 count, or are refused, now"
PY
python look.py
