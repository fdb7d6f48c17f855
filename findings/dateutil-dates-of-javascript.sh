#!/usr/bin/env bash
# dateutil parses a point in time as JavaScript writes it, String(new Date()), on a machine in Berlin, in winter.
# Expected: 10:00 in Berlin is 9:00 UTC: "GMT+0100" says that local time is an hour ahead.
# Happens: 11:00 UTC: behind a name of a time zone the sign is turned around, as in the variable TZ of POSIX. So it is for
#   "UTC+3", which tz.tzstr("UTC+3") of the same library reads the other way. The form of ISO 8601, +01:00, is read right.
# Matters: log files, forms and feeds that browsers and Node write are off by twice the distance to Greenwich, in silence; pandas
#   parses with dateutil.
# Source: ECMAScript, TimeZoneString ("+" if the offset is positive); dateutil's documentation of tz.tzstr (GMT+3 is three hours
#   ahead, unlike in POSIX); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-dateutil==4.0.0
export TZ=Europe/Berlin
node -e 'process.stdout.write(String(new Date(Date.UTC(2024, 0, 5, 9))))' > written.txt
unset TZ
cat > look.py <<'PY'
import datetime
import re

from dateutil import tz
from dateutil.parser import parse

written = re.sub(r" \(.*", "", open("written.txt").read())
utc = parse(written).astimezone(datetime.timezone.utc)
name = tz.tzstr("UTC+3").utcoffset(datetime.datetime(2024, 1, 5))
print(written, "->", utc, "| UTC+3:", parse("2024-01-05 10:00 UTC+3").utcoffset(), "or", name)
assert written == "Fri Jan 05 2024 10:00:00 GMT+0100", written
assert name == datetime.timedelta(hours=3)
assert parse("2024-01-05 10:00 +01:00").astimezone(datetime.timezone.utc).hour == 9
assert utc.hour == 11 and parse("2024-01-05 10:00 UTC+3").utcoffset() == -name, "the sign is as it is written now"
PY
python look.py
