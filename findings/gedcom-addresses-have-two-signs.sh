#!/usr/bin/env bash
# Four readers of family trees (python-gedcom, ged4py and fastgedcom of Python, parse-gedcom of npm) give an address of mail and a note in
#   which such an address stands.
# Expected: "anna@b.example": in GEDCOM 5.5.1 an @ of a text is written twice, as one alone begins a reference.
# Happens: "anna@@b.example", in all four: references are looked for, the doubled sign is left as it stands in the file.
# Matters: no mail can be sent to the address, it is not found, and a program that writes the tree again doubles it once more.
# Source: GEDCOM 5.5.1, chapter 1 (an at sign within a line's value is doubled); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-gedcom==1.1.0 ged4py==0.5.5 fastgedcom==1.1.4
with_node parse-gedcom@2.0.1
cat > tree.ged <<'GED'
0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Anna /Miller/
1 EMAIL anna@@b.example
1 NOTE Write to anna@@b.example
0 TRLR
GED
cat > look.py <<'PY'
from fastgedcom.parser import strict_parse
from ged4py import GedcomReader
from gedcom.parser import Parser

tree = Parser()
tree.parse_file("tree.ged")
person = tree.get_element_dictionary()["@I1@"]
seen = {"python-gedcom": [part.get_value() for part in person.get_child_elements()[1:]]}
with GedcomReader("tree.ged") as reader:
    person = next(reader.records0("INDI"))
    seen["ged4py"] = [person.sub_tag_value(tag) for tag in ("EMAIL", "NOTE")]
person = strict_parse("tree.ged")["@I1@"]
seen["fastgedcom"] = [person >= tag for tag in ("EMAIL", "NOTE")]
print(seen)
for values in seen.values():
    assert values == ["anna@@b.example", "Write to anna@@b.example"], "the sign stands once now"
PY
python look.py
cat > look.js <<'JS'
const assert = require("node:assert");
const { parse } = require("parse-gedcom");

const tree = parse(require("node:fs").readFileSync("tree.ged", "utf8"));
const seen = tree.children.find((record) => record.type === "INDI").children.slice(1).map((part) => part.value);
console.log("parse-gedcom", seen);
assert.deepEqual(seen, ["anna@@b.example", "Write to anna@@b.example"], "the sign stands once now");
JS
node look.js
