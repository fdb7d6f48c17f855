#!/usr/bin/env bash
# xml-js reads an element with <dept name="R&amp;D" rule="a &lt; b"/> and writes it again.
# Expected: the same, as for the text of an element: & and < have to be escaped in both.
# Happens: name="R&D" rule="a < b": only quotation marks are escaped in attributes. No XML parser reads the file; xml-js itself
#   does, so its own round trip passes.
# Matters: a settings file or an invoice that goes through it is broken by the first company with an ampersand in its name, and other
#   programs refuse it as a whole.
# Source: XML 1.0, 2.4 and 3.1 (no < in attribute values, & only as the begin of a reference); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node xml-js@1.6.11
cat > look.mjs <<'JS'
import fs from "node:fs";
import convert from "xml-js";

const write = (xml, options) => convert.js2xml(convert.xml2js(xml, options), options);
const XML = '<dept name="R&amp;D" rule="a &lt; b">R&amp;D</dept>';
fs.writeFileSync("seen.json", JSON.stringify([write("<dept>R&amp;D</dept>"), write(XML), write(XML, { compact: true })]));
JS
node look.mjs
python3 - <<'PY'
import json
import xml.etree.ElementTree as tree


def name(xml):
    try:
        return tree.fromstring(xml).tag
    except tree.ParseError as error:
        return str(error)[:15]


seen = json.load(open("seen.json"))
print(seen, [name(xml) for xml in seen])
assert seen[0] == "<dept>R&amp;D</dept>" and name(seen[0]) == "dept"
assert seen[1] == seen[2] == '<dept name="R&D" rule="a < b">R&amp;D</dept>', "attributes are escaped now"
assert name(seen[1]) == "not well-formed", "the file is read now"
PY
