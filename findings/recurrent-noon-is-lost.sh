#!/usr/bin/env bash
# recurrent (PyPI) turns English into a rule of repetition: "every day at noon", "every monday at midnight".
# Expected: BYHOUR=12 and BYHOUR=0, as for "at 12pm" and "at 0:00"; "tomorrow at noon" is at 12:00.
# Happens: the rule has no hour at all. By the standard it then goes by the hour of its beginning, the time at which the words were
#   typed.
# Matters: reports and reminders for noon or midnight come at twenty to ten each day, and the words were accepted.
# Source: RFC 5545, 3.3.10 (what a rule does not name is taken from DTSTART); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python recurrent==0.4.1 setuptools==80.9.0
cat > look.py <<'PY'
import datetime

from recurrent import RecurringEvent

NOW = datetime.datetime(2026, 1, 14, 9, 40)
parse = lambda text: RecurringEvent(now_date=NOW).parse(text)
right = [parse("every day at 12pm"), parse("every monday at 0:00"), parse("tomorrow at noon")]
wrong = [parse("every day at noon"), parse("every monday at midnight"), parse("noon every day")]
print(right, wrong)
assert "BYHOUR=12" in right[0] and "BYHOUR=0" in right[1] and right[2] == datetime.datetime(2026, 1, 15, 12)
assert wrong[0] == wrong[2] == "RRULE:INTERVAL=1;FREQ=DAILY", "noon counts now"
assert wrong[1] == "RRULE:BYDAY=MO;INTERVAL=1;FREQ=WEEKLY", "midnight counts now"
PY
TZ=UTC python -W ignore look.py
