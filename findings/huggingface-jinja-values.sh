#!/usr/bin/env bash
# @huggingface/jinja (transformers.js) fills in a chat template that prints the arguments of a tool's call, as Python's
#   Jinja does in transformers.
# Expected: the same prompt, sign by sign: the template is part of the model, which was trained on what Python made of it.
# Happens: values are printed as JSON: {"paid": null} for {'paid': None}; None alone is empty, True is true, and two equal
#   lists are not equal (==), so that a condition takes the other way. With tojson both agree.
# Matters: the same model calls tools worse in the browser, or in Node, than in Python, without an error; counts of tokens
#   differ.
# Source: Jinja's documentation (expressions are Python's); the README of @huggingface/jinja (a minimal Jinja for chat
#   templates); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @huggingface/jinja@0.5.11
with_python Jinja2==3.1.6
cat > case.json <<'JSON'
{
    "templates": ["{{ call.name }} {{ call.arguments }}", "{{ call.arguments.paid }}", "{% if roles == ['user'] %}first{% else %}later{% endif %}",
        "{{ call.name }} {{ roles | tojson }}"],
    "values": {"call": {"name": "pay", "arguments": {"paid": null, "now": true, "to": "pier"}}, "roles": ["user"]}
}
JSON
cat > look.mjs <<'JS'
import { readFileSync } from "node:fs";
import { Template } from "@huggingface/jinja";

const { templates, values } = JSON.parse(readFileSync("case.json", "utf8"));
console.log(JSON.stringify(templates.map((template) => new Template(template).render(values))));
JS
cat > look.py <<'PY'
import json
import sys

import jinja2

case = json.load(open("case.json"))
python = [jinja2.Template(template).render(case["values"]) for template in case["templates"]]
node = json.loads(sys.stdin.read())
print("Python", python, "Node", node, sep="\n")
assert python[3] == node[3] == 'pay ["user"]', (python, node)
assert python[:3] == ["pay {'paid': None, 'now': True, 'to': 'pier'}", "None", "first"], python
assert node[:3] == ['pay {"paid": null, "now": true, "to": "pier"}', "", "later"], "values are printed as in Python now"
PY
node look.mjs | python look.py
