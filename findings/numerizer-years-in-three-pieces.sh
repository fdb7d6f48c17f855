#!/usr/bin/env bash
# numerizer turns words into figures: "in nineteen eighty-four", "twenty twenty-four".
# Expected: 1984 and 2024, or "19 84" and "20 24": "eighty-four" alone is 84.
# Happens: "19 80 4" and "20 20 4": a number before the tens parts the tens from their ones, hyphen or not.
# Matters: years of transcripts become three numbers; the year 2020 is found where 2024 was said.
# Source: numerizer's README (converts numbers in words to figures); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python numerizer==0.2.4
cat > look.py <<'PY'
from numerizer import numerize

TEXTS = ["eighty-four", "twenty four", "in nineteen eighty-four", "twenty twenty-four", "twenty twenty four"]
seen = [numerize(text) for text in TEXTS]
print(dict(zip(TEXTS, seen)))
assert seen[:2] == ["84", "24"]
assert seen[2:] == ["in 19 80 4", "20 20 4", "20 20 4"], "tens and ones stay together now"
PY
python look.py
