#!/usr/bin/env bash
# orgparse reads times of Org files with hours of one figure: "<2024-05-01 Wed 9:00-10:30>" and "SCHEDULED: <2024-05-01 Wed 9:05>".
# Expected: 9:00 to 10:30, and 9:05: Org mode itself reads hours of one or two figures, and takes them as they are typed.
# Happens: the span becomes one time, 10:30, its end; the other becomes a day without a time. With "09:00-10:30" both are right. Nothing
#   tells.
# Matters: a meeting begins when it is over, and a time of day that stands in the file is not in the index.
# Source: Org's manual, 8.1 (Timestamps) and its org-ts-regexp0, which takes one or two figures; orgparse's date.py, whose patterns of
#   hours ask for two; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python orgparse==0.5.20260926
cat > look.py <<'PY'
from orgparse import loads

TEXT = "* Talk\nSCHEDULED: <2024-05-01 Wed {0}:05>\n<2024-05-01 Wed {0}:00-10:30>\n"


def read(hour):
    talk = loads(TEXT.format(hour))[1]
    [time] = talk.get_timestamps(active=True, point=True, range=True)
    return [str(moment) for moment in (talk.scheduled.start, time.start, time.end)]


two, one = read("09"), read("9")
print(two, one)
assert two == ["2024-05-01 09:05:00", "2024-05-01 09:00:00", "2024-05-01 10:30:00"]
assert one == ["2024-05-01", "2024-05-01 10:30:00", "None"], "hours of one figure are read now"
PY
python look.py
