#!/usr/bin/env bash
# orgparse reads the properties of an Org heading that are given over several lines: ":TEAMS: north", ":TEAMS+: south", ":TEAMS+: east".
# Expected: "north south east" for TEAMS: a plus behind the name adds to the value, as Org's manual says.
# Happens: TEAMS is "north". A second property of the name "TEAMS+" has "east", the last; "south" is nowhere.
# Matters: long lists of people, tags and arguments are written like this; one value of several is found, and those between the
#   first and the last are lost without a message.
# Source: Org's manual, 7.1 (Property Syntax: to add to the value of an existing property, append a + to its name); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python orgparse==0.5.20260926
cat > look.py <<'PY'
from orgparse import loads

text = "* Plan\n:PROPERTIES:\n:TEAMS: north\n:TEAMS+: south\n:TEAMS+: east\n:END:\n"
plan = loads(text)[1]
print(plan.get_property("TEAMS"), plan.properties, repr(plan.body))
assert plan.properties == {"TEAMS": "north", "TEAMS+": "east"}, "values are added now"
assert plan.get_property("TEAMS") == "north" and plan.body == ""
PY
python look.py
