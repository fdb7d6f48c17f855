#!/usr/bin/env bash
# pymarc gives the ISBN of a record in a library's catalogue: an electronic book, whose first field for it (020) has the number of the
#   printed edition, marked as not its own ($z), and the second one its own ($a).
# Expected: its own number: isbn is "the first ISBN in the record, or None if one is not present", and there is one.
# Happens: None: only the first field is looked at. The same goes for a field that has a price or a binding alone.
# Matters: records of electronic books are kept so; they count as without a number, and are not matched with other catalogues.
# Source: MARC 21, 020 (repeatable; $z cancelled or invalid ISBN, also the number of another form); pymarc's docstring of isbn; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pymarc==5.4.0
cat > look.py <<'PY'
from pymarc import Field, Indicators, Record, Subfield


def record(*fields):
    made = Record()
    for parts in fields:
        made.add_field(Field(tag="020", indicators=Indicators(" ", " "), subfields=[Subfield(*part) for part in parts]))
    return made


OWN, PRINTED, PRICE = [("a", "9783161484100")], [("z", "9783161484117")], [("c", "EUR 12.50")]
seen = [record(*fields).isbn for fields in ((OWN,), (OWN, PRINTED), (PRINTED, OWN), (PRICE, OWN))]
print(seen, Record.isbn.__doc__)
assert seen[:2] == ["9783161484100"] * 2, seen
assert seen[2:] == [None, None], "later fields are looked at now"
PY
python look.py
