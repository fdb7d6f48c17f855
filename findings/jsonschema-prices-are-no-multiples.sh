#!/usr/bin/env bash
# jsonschema (Python) and ajv (npm) check a price against {"type": "number", "multipleOf": 0.01}: 19.99, 4.35, 0.29.
# Expected: valid: in JSON these are decimal numbers, and 19.99 is 1999 times 0.01. jsonschema-rs and fastjsonschema take them.
# Happens: refused, while 19.98, 4.5 and 0.25 are taken: both divide as floats do. ajv has a setting for it, multipleOfPrecision,
#   which is off.
# Matters: some amounts of a form, an import or a model's answer are refused and others are not, and whether they are depends on
#   which validator of the same standard the next service has.
# Source: JSON Schema 2020-12 validation, 6.2.1 (division results in an integer); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python jsonschema==4.26.0 jsonschema-rs==0.61.2
with_node ajv@8.20.0
cat > other.mjs <<'JS'
import Ajv from "ajv";

const check = new Ajv().compile({ type: "number", multipleOf: 0.01 });
console.log(JSON.stringify(JSON.parse(process.argv[2]).map((price) => check(price))));
JS
cat > look.py <<'PY'
import json
import subprocess

import jsonschema
import jsonschema_rs

SCHEMA = {"type": "number", "multipleOf": 0.01}
PRICES = [19.99, 4.35, 0.29, 19.98, 4.5, 0.25]
python = [jsonschema.Draft202012Validator(SCHEMA).is_valid(price) for price in PRICES]
rust = [jsonschema_rs.is_valid(SCHEMA, price) for price in PRICES]
ajv = json.loads(subprocess.run(["node", "other.mjs", json.dumps(PRICES)], capture_output=True, check=True, text=True).stdout)
print(PRICES, python, ajv, rust)
assert rust == [True] * 6
assert python == [False] * 3 + [True] * 3, "jsonschema takes prices now"
assert ajv[:3] == [False] * 3, "ajv takes prices now"
PY
python look.py
