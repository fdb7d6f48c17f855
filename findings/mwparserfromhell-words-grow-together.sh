#!/usr/bin/env bash
# mwparserfromhell makes plain text of a page of a wiki (strip_code), as is done with dumps of Wikipedia: a sentence with
#   notes (<ref>), a line break (<br>), a table and a picture.
# Expected: notes set apart or left out, a blank for the break and between cells, the words below the picture.
# Happens: all is joined as it stands: "The rent is 950Due on the 5th. euros", "56 and 7" for 5<br>6, "North950South700" for
#   a table, and "thumb|200px|The pier", with the settings of the picture.
# Matters: two numbers become one, words are no words, and notes stand in the middle of sentences; pages are full of all
#   four.
# Source: the package's documentation (strip_code gives plain text without unprintable code); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mwparserfromhell==0.7.2
cat > look.py <<'PY'
import mwparserfromhell

PIECES = {
    "The rent is 950<ref>Due on the 5th.</ref> euros.": "The rent is 950Due on the 5th. euros.",
    "Berths 5<br>6 and 7": "Berths 56 and 7",
    "{|\n|North||950\n|-\n|South||700\n|}": "North950South700",
    "[[File:pier.jpg|thumb|200px|The pier]]": "thumb|200px|The pier",
}
for source, joined in PIECES.items():
    text = mwparserfromhell.parse(source).strip_code()
    print(repr(source), "->", repr(text))
    assert text.replace(" ", "") == joined.replace(" ", "") and "\n" not in text, "pieces are set apart now"
PY
python look.py
