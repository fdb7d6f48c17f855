#!/usr/bin/env bash
# fastgedcom takes the year out of dates in a family tree (extract_int_year): a date that was worked out of a gravestone, one of the
#   French revolution's calendar, and one before Christ.
# Expected: 1823 for "INT 1823 (tombstone of 1870 reads 47 years)"; 8 or nothing for "12 VEND 8" (4 October 1799); -44 for "44 B.C.".
# Happens: 1870, 12 and 44: the last of the longest numbers is the year, in the note, the day and the year alike. "B.C.", which is how
#   GEDCOM 5.5.1 writes it, is not known, only "BC" and "BCE" are.
# Matters: people are sorted by the year in which a stone was read, and are older than their children; None, the documented sign of
#   failure, is not given.
# Source: GEDCOM 5.5.1, DATE_VALUE (INT date (phrase)), DATE_FREN and YEAR_GREG "[B.C.]"; fastgedcom's documentation of
#   extract_int_year; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fastgedcom==1.1.4
cat > look.py <<'PY'
from fastgedcom.helpers import extract_int_year

NOTE = "INT 1823 (tombstone of 1870 reads 47 years)"
FRENCH = "@#DFRENCH R@ 12 VEND 8"
seen = {date: extract_int_year(date) for date in (NOTE, FRENCH, "44 B.C.", "44 BC", "12 MAR 1823", "by the harvest")}
print(seen)
assert (seen["44 BC"], seen["12 MAR 1823"], seen["by the harvest"]) == (-44, 1823, None)
assert seen[NOTE] == 1870, "the year of the note does not count now"
assert seen[FRENCH] == 12, "the day is not the year now"
assert seen["44 B.C."] == 44, "B.C. is known now"
PY
python look.py
