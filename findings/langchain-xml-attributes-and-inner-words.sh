#!/usr/bin/env bash
# langchain-core's XMLOutputParser reads a model's reply: <answer><hit id="7">Pay <b>950</b> euros</hit></answer>.
# Expected: the number 7, and the words "Pay 950 euros" in one form or another; or an error that there is no place for them.
# Happens: {"answer": [{"hit": "Pay "}]}: the attribute, the bold words and all that follows them are gone, without a word.
# Matters: the amount is what models make bold; ids of sources in attributes are how citations are asked for in XML.
# Source: the parser's documentation (parses XML output into a dictionary); Python's ElementTree, on which it stands and which has all
#   of it; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python langchain-core==1.8.3
cat > look.py <<'PY'
from xml.etree import ElementTree

from langchain_core.output_parsers import XMLOutputParser

reply = '<answer><hit id="7">Pay <b>950</b> euros</hit></answer>'
root = ElementTree.fromstring(reply)
assert "".join(root.itertext()) == "Pay 950 euros" and root[0].get("id") == "7"
parse = XMLOutputParser(parser="xml").parse
print(parse(reply), parse("<answer><hit>Pay 950 euros</hit></answer>"))
assert parse("<answer><hit>Pay 950 euros</hit></answer>") == {"answer": [{"hit": "Pay 950 euros"}]}
assert parse(reply) == {"answer": [{"hit": "Pay "}]}, "the rest is kept now"
PY
python look.py
