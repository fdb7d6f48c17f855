#!/usr/bin/env bash
# recurrent (PyPI) turns "every day except friday" into a rule of repetition.
# Expected: no Fridays, as with "every day except on mondays", which gets a rule of exceptions.
# Happens: a single date is left out, the next Friday; all others after it stay. So with "every weekday except friday" and "except
#   saturday and sunday", one of each.
# Matters: the rule is right in the first week, when it is looked at, and wrong from the second one on.
# Source: RFC 5545, 3.8.5.1 (EXDATE leaves out the dates it lists); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python recurrent==0.4.1 python-dateutil==2.9.0.post0 setuptools==80.9.0
cat > look.py <<'PY'
import datetime

from dateutil.rrule import rrulestr
from recurrent import RecurringEvent

NOW = datetime.datetime(2026, 1, 14, 12)


def fridays(text):
    rule = RecurringEvent(now_date=NOW).parse(text)
    days = rrulestr(rule, dtstart=NOW).xafter(NOW, count=30)
    print(text, rule.split("\n"))
    return [str(day.date()) for day in days if day.weekday() == 4]


def mondays(text):
    return [day for day in rrulestr(RecurringEvent(now_date=NOW).parse(text), dtstart=NOW).xafter(NOW, count=30) if day.weekday() == 0]


assert mondays("every day except on mondays") == []
seen = fridays("every day except friday")
print(seen)
assert len(fridays("every day")) == 5
assert seen == ["2026-01-23", "2026-01-30", "2026-02-06", "2026-02-13"], "Fridays are left out now"
PY
TZ=UTC python -W ignore look.py
