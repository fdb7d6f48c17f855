#!/usr/bin/env bash
# iso8601 (Python) reads times with a fraction of a minute, as ISO 8601 allows it for the last part: 2024-03-05T09:30,5.
# Expected: 09:30:30, as isodate reads it; or an error, as iso8601 gives one for half an hour (T09,5).
# Happens: 09:00:30.5: thirty minutes become thirty seconds, and the half is half a second. 0930,5 as well.
# Matters: logs of ships, weather stations and aeroplanes count in tenths of minutes; all their times are up to an hour early, and
#   valid.
# Source: ISO 8601-1:2019, 5.3.1.4 (decimal fractions of hours, minutes or seconds); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python iso8601==2.1.0 isodate==0.7.2
cat > look.py <<'PY'
import iso8601
import isodate

text = "2024-03-05T09:30,5"
seen = [iso8601.parse_date(form).time().isoformat() for form in (text, text.replace(":", ""), "2024-03-05T09:30:15,5")]
print(isodate.parse_datetime(text), seen)
assert isodate.parse_datetime(text).time().isoformat() == "09:30:30"
assert seen == ["09:00:30.500000", "09:00:30.500000", "09:30:15.500000"], "minutes stay minutes now"
PY
python look.py
