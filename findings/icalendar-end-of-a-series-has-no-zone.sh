#!/usr/bin/env bash
# icalendar (Python) writes an event that is repeated each week until a point in time in Berlin (a datetime with that zone);
#   dateutil lists its days.
# Expected: UNTIL in UTC, 20240731T220000Z: for events in a zone the standard wants it so, and exact points are written so
#   elsewhere.
# Happens: UNTIL=20240801T000000: the hour of Berlin without its zone, which stands for none; dateutil refuses the rule. With
#   the same point given in UTC it has its Z.
# Matters: calendars that read it take another end or none; series written by one package cannot be listed by the other, in
#   Python.
# Source: RFC 5545, 3.3.10 (UNTIL must be in UTC if DTSTART has a zone); icalendar's documentation of vRecur; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python icalendar==7.3.2 python-dateutil==4.0.0 tzdata==2026.6
cat > look.py <<'PY'
import datetime, zoneinfo
from dateutil.rrule import rrulestr
from icalendar import Event

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
START, END = datetime.datetime(2024, 7, 5, 9, tzinfo=BERLIN), datetime.datetime(2024, 8, 1, tzinfo=BERLIN)


def rule(until):
    event = Event()
    event.add("dtstart", START)
    event.add("rrule", {"freq": "weekly", "until": until})
    (line,) = [line for line in event.to_ical().decode().split("\r\n") if line.startswith("RRULE")]
    try:
        return line, len(list(rrulestr(line, dtstart=START)))
    except ValueError as error:
        return line, str(error)


seen = [rule(END), rule(END.astimezone(datetime.timezone.utc))]
print(*seen, sep="\n")
assert seen[0][0].endswith("UNTIL=20240801T000000") and "must be specified in UTC" in seen[0][1], "zones are kept now"
assert seen[1] == ("RRULE:FREQ=WEEKLY;UNTIL=20240731T220000Z", 4)
PY
python look.py
