#!/usr/bin/env bash
# vobject reads a card with two nicknames (vCard 3.0), and one with a comma in its note and its name (vCard 2.1).
# Expected: both nicknames, as with CATEGORIES and ORG; and the whole note: in 2.1 a comma is a sign like any other.
# Happens: what stands after the first comma is dropped: "Anni" of "Anni,Ann", "Berth 4" of "Berth 4, north pier", "Smith" of
#   "Smith, Anna". Writing the card loses it for good.
# Matters: old phones and address books write 2.1; a clean-up of cards with the library destroys notes, names and titles.
# Source: RFC 2426, 3.1.3 (NICKNAME: one or more values, divided by commas); vCard 2.1, 2 (only ";" divides parts); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python vobject==0.9.9
cat > look.py <<'PY'
import vobject


def read(version, *lines):
    card = ["BEGIN:VCARD", f"VERSION:{version}", "N:Smith;Anna", *lines, "END:VCARD", ""]
    return vobject.readOne("\r\n".join(card))


new = read("3.0", "FN:Anna Smith", "NICKNAME:Anni,Ann", "CATEGORIES:crew,north")
old = read("2.1", "FN:Smith, Anna", "NOTE:Berth 4, north pier")
print(new.nickname.value, new.categories.value, old.note.value, old.fn.value)
assert new.categories.value == ["crew", "north"]
assert new.nickname.value == "Anni" and "Ann\r\n" not in new.serialize(), "both nicknames are read now"
assert (old.note.value, old.fn.value) == ("Berth 4", "Smith"), "the comma is a sign now"
PY
python look.py
