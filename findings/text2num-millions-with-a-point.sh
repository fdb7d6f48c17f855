#!/usr/bin/env bash
# text2num turns numbers in words of a sentence into figures (alpha2digit): "one point five million euros".
# Expected: 1500000 euros, or the words as they are: "five hundred thousand" is 500000.
# Happens: "1.5 1000000 euros": a number with a point ends before the next word, which is then a number of its own. "a million"
#   is "a 1000000", and "thirty second timeout" is "32nd timeout".
# Matters: transcripts name turnovers and prices this way; the sentence has two numbers, neither of which was said.
# Source: text2num's README (alpha2digit transcribes numbers within text, decimals too); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python text2num==3.1.0
cat > look.py <<'PY'
from text_to_num import alpha2digit

TEXTS = ["five hundred thousand euros", "one point five million euros", "two point five billion", "a thirty second timeout"]
seen = [alpha2digit(text, "en") for text in TEXTS]
print(seen)
assert seen[0] == "500000 euros"
assert seen[1:] == ["1.5 1000000 euros", "2.5 1000000000", "a 32nd timeout"], "the numbers are whole now"
PY
python look.py
