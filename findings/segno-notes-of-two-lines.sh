#!/usr/bin/env bash
# segno makes the vCard of a QR code from a memo with two lines and a path: make_vcard_data(memo="Door B\nring twice, C:\new").
# Expected: NOTE:Door B\nring twice\, C:\\new, on one line; commas and semicolons are escaped, and so are line ends and
#   backslashes in vCard.
# Happens: the line end stands in the card as it is, so that "ring twice" begins a line of its own that is no property; the backslash
#   stays single, and \n of the path is a line end to readers.
# Matters: the second line of a note belongs to nothing in the card that a telephone scans, and paths are broken in two.
# Source: RFC 2426, 5 (line breaks in text values are written \n; a backslash must be escaped); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python segno==1.6.6
cat > look.py <<'PY'
from segno.helpers import make_vcard_data

card = make_vcard_data(name="Doe;Jane", displayname="Jane Doe", memo="Door B\nring twice, C:\\new")
lines = card.splitlines()
print(lines)
assert lines[:4] == ["BEGIN:VCARD", "VERSION:3.0", "N:Doe;Jane", "FN:Jane Doe"]
assert lines[4:6] == ["NOTE:Door B", "ring twice\\, C:\\new"], "line ends and backslashes are escaped now"
PY
python look.py
