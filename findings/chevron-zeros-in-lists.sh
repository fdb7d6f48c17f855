#!/usr/bin/env bash
# chevron (mustache in Python, with which prompts are filled in) prints a list of numbers: {{#counts}}{{.}},{{/counts}} with 0, 3, 0, 5.
# Expected: "0,3,0,5,", as mustache.js and pystache print it: the section is for each item of the list, and {{counts}} of a single 0
#   prints 0.
# Happens: "3,5,": items that are zero, false or empty are passed over.
# Matters: columns get shorter, so that what is printed side by side no longer belongs together; a model is told two numbers of four.
# Source: mustache(5) and its specification (sections: a list is rendered once for each item); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python chevron==0.14.0 pystache==0.6.8
cat > look.py <<'PY'
import chevron
import pystache

template, data = "{{#counts}}{{.}},{{/counts}}", {"counts": [0, 3, 0, 5]}
seen = [renderer.render(template, data) for renderer in (pystache, chevron)]
print(seen, chevron.render("{{count}}", {"count": 0}))
assert seen == ["0,3,0,5,", "3,5,"], "zeros are printed now"
PY
python look.py
