#!/usr/bin/env bash
# jsonschema (Python) checks texts against patterns: "^\\d+$" for an order number, "^\\w+$" for a name.
# Expected: patterns are those of ECMAScript, as ajv and jsonschema-rs have them: \d is 0 to 9, and \w has no ü.
# Happens: they are Python's: figures of any script are figures ("٩٠٨٧"), and "Müller" passes, which the others refuse.
# Matters: a schema that was tried in Python refuses names in the browser, and the number that Python takes is found by no search
#   for 9087.
# Source: JSON Schema 2020-12 core, 6.4 (regular expressions should be those of ECMA-262); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python jsonschema==4.26.0 jsonschema-rs==0.61.2
cat > look.py <<'PY'
import jsonschema
import jsonschema_rs

EXAMPLES = [(r"^\d+$", "9087"), (r"^\d+$", "٩٠٨٧"), (r"^\w+$", "Müller")]
python = [jsonschema.Draft202012Validator({"pattern": pattern}).is_valid(text) for pattern, text in EXAMPLES]
rust = [jsonschema_rs.is_valid({"pattern": pattern}, text) for pattern, text in EXAMPLES]
print(EXAMPLES, python, rust)
assert rust == [True, False, False]
assert python == [True] * 3, "patterns are those of the standard now"
PY
python look.py
