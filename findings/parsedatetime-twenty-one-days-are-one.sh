#!/usr/bin/env bash
# parsedatetime reads numbers in words: "twenty one days ago", "in thirty five days", from 6 March 2024.
# Expected: 14 February and 10 April, as for "21 days ago"; or nothing, as for "in thirty minutes". "ten days ago" is 25 February.
# Happens: 5 March and 11 March: only the last word of the number is read: one day ago, in five days.
# Matters: terms in contracts and mails are written in words; they are weeks too short, in silence.
# Source: parsedatetime's README; its list of numbers in words (pdt_locales/base.py); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python parsedatetime==2.6
cat > look.py <<'PY'
from datetime import datetime

import parsedatetime

START = datetime(2024, 3, 6, 10)
read = lambda words: f"{parsedatetime.Calendar().parseDT(words, START)[0]:%d %b}"
WORDS = ["21 days ago", "ten days ago", "in 35 days", "twenty one days ago", "twenty-one days ago", "in thirty five days"]
seen = [read(words) for words in WORDS]
print(seen)
assert seen[:3] == ["14 Feb", "25 Feb", "10 Apr"]
assert seen[3:] == ["05 Mar", "05 Mar", "11 Mar"], "both words count now"
PY
python look.py
