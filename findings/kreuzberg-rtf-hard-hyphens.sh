#!/usr/bin/env bash
# kreuzberg reads RTF with the blanks and hyphens at which lines must not be broken (\~ and \_), as Word writes them.
# Expected: a blank and a hyphen: "PPR-9087", "5 km" (or U+2011 and U+00A0).
# Happens: the signs of the commands: "PPR_9087", "5~km"; other commands of one sign are understood.
# Matters: such hyphens and blanks stand in numbers of parts, in amounts and before units; none of them is found.
# Source: Rich Text Format 1.9.1, "Special characters" (\~ non-breaking space, \_ non-breaking hyphen); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4
cat > look.py <<'PY'
from kreuzberg import extract_file_sync

with open("t.rtf", "w") as file:
    file.write(r"{\rtf1\ansi\deff0 Part PPR\_9087 costs 5\~EUR\{net\} a piece, co\-op price\par}")
text = extract_file_sync("t.rtf").content.strip()
print(text)
assert text == "Part PPR_9087 costs 5~EUR{net} a piece, coop price", "hyphens and blanks are read now"
PY
python look.py
