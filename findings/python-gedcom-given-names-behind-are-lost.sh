#!/usr/bin/env bash
# python-gedcom gives the names of persons in a family tree: "/Nagy/ István", "/Wang/ Wei" and "Anna Maria /Smith/ Jr.".
# Expected: István and Wei as given names: GEDCOM sets the surname between two slashes, wherever it stands. ged4py gives them.
# Happens: no given name for the two: what stands behind the second slash is dropped. given_name_match("István") finds nothing;
#   and "Jr." is lost.
# Matters: in Hungarian, Chinese, Japanese and Vietnamese trees no person has a first name, and all of one family are alike.
# Source: GEDCOM 5.5.1, NAME_PERSONAL (the surname stands between slashes, before, in or behind the other names);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-gedcom==1.1.0 ged4py==0.5.5
cat > look.py <<'PY'
from ged4py import GedcomReader
from gedcom.parser import Parser

NAMES = ["/Nagy/ István", "/Wang/ Wei", "Anna Maria /Smith/ Jr."]
with open("tree.ged", "w", encoding="utf-8") as file:
    file.write("0 HEAD\n1 GEDC\n2 VERS 5.5.1\n1 CHAR UTF-8\n")
    for number, name in enumerate(NAMES):
        file.write(f"0 @I{number}@ INDI\n1 NAME {name}\n")
    file.write("0 TRLR\n")

with GedcomReader("tree.ged") as reader:
    other = [(person.name.given, person.name.surname) for person in reader.records0("INDI")]
tree = Parser()
tree.parse_file("tree.ged")
persons = [tree.get_element_dictionary()[f"@I{number}@"] for number in range(len(NAMES))]
seen = [person.get_name() for person in persons]
print(other, seen, persons[0].given_name_match("István"))
assert other[:2] == [("István", "Nagy"), ("Wei", "Wang")], other
assert seen == [("", "Nagy"), ("", "Wang"), ("Anna Maria", "Smith")], "names behind the surname are given now"
assert persons[0].given_name_match("István") is None
PY
python look.py
