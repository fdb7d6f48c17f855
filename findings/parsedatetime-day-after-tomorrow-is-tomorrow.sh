#!/usr/bin/env bash
# parsedatetime reads "the day after tomorrow" and "the day before yesterday", from Wednesday, 6 March 2024.
# Expected: 8 March and 4 March, as "2 days after yesterday" is counted; or nothing (status 0), as for "in a few days".
# Happens: 7 March and 5 March: "tomorrow" and "yesterday" are read, and "the day after" and "the day before" are passed over. "a day after
#   tomorrow" and "1 day after tomorrow" are 8 March.
# Matters: reminders, terms and bookings are a day off, in silence, for two of the commonest words for a day.
# Source: parsedatetime's README (parses human-readable dates); dateparser reads the same words rightly; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python parsedatetime==2.6 dateparser==1.2.2
cat > look.py <<'PY'
from datetime import datetime

import dateparser
import parsedatetime

START = datetime(2024, 3, 6, 10)
read = lambda words: f"{parsedatetime.Calendar().parseDT(words, START)[0]:%d %b}"
WORDS = ["tomorrow", "1 day after tomorrow", "the day after tomorrow", "day after tomorrow", "the day before yesterday"]
seen = [read(words) for words in WORDS]
other = [f"{dateparser.parse(words, settings={'RELATIVE_BASE': START}):%d %b}" for words in WORDS[3:4] + ["day before yesterday"]]
print(seen, other)
assert other == ["08 Mar", "04 Mar"]
assert seen[:2] == ["07 Mar", "08 Mar"]
assert seen[2:] == ["07 Mar", "07 Mar", "05 Mar"], "the day after is counted now"
PY
python look.py
