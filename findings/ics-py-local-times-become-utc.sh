#!/usr/bin/env bash
# ics (Python) reads a calendar and writes it again, without a change: lunch at noon wherever one is (a time without a zone), and a
#   meeting each Friday at ten in Berlin, from July on, of which one is left out.
# Expected: noon without a zone, and ten o'clock in Berlin; or at least the same instants.
# Happens: noon in UTC, which is two o'clock in Berlin. The series begins at eight in UTC, so that from November on it is at nine in
#   Berlin; the day that is left out keeps its zone, and the description of that zone is gone from the file.
# Matters: a program that adds one event to a shared calendar moves others by hours, in summer some, in winter others.
# Source: RFC 5545, 3.3.5 (form 1: local time in every zone) and 3.2.19 (each TZID needs its VTIMEZONE); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python ics==0.7.3
cat > look.py <<'PY'
import warnings

from ics import Calendar

warnings.simplefilter("ignore")
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
LUNCH = "DTSTART:20240705T120000\nDTEND:20240705T130000\nSUMMARY:Lunch\n"
MEETING = (
    "DTSTART;TZID=Europe/Berlin:20240705T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=30\n"
    "EXDATE;TZID=Europe/Berlin:20240712T100000\nSUMMARY:Meeting\n"
)
events = "".join(
    f"BEGIN:VEVENT\nUID:{number}\nDTSTAMP:20240101T000000Z\n{lines}END:VEVENT\n" for number, lines in enumerate((LUNCH, MEETING))
)
written = Calendar(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:made\n{ZONE}{events}END:VCALENDAR\n").serialize()
seen = sorted(line for line in written.split("\r\n") if line.startswith(("DTSTART", "EXDATE", "RRULE", "TZID", "BEGIN:VTIMEZONE")))
print(seen)
assert seen == [
    "DTSTART:20240705T080000Z",
    "DTSTART:20240705T120000Z",
    "EXDATE;TZID=Europe/Berlin:20240712T100000",
    "RRULE:FREQ=WEEKLY;COUNT=30",
], "times keep their zones now"
PY
python look.py
