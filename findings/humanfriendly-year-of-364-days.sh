#!/usr/bin/env bash
# humanfriendly reads the time for which something is kept: parse_timespan("1 year"), "10y".
# Expected: 365 days, or 365.25; parse_timespan("365d") is 31,536,000 seconds.
# Happens: 364 days: a year counts as 52 weeks. Ten years end twelve and a half days too soon, and "1y" is less than "365d".
# Matters: retention, licences and certificates run out early when their times are given in years; comparisons of "1y" with a
#   number of days are wrong.
# Source: humanfriendly's documentation of parse_timespan (units: years); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python humanfriendly==10.0
cat > look.py <<'PY'
from humanfriendly import format_timespan, parse_timespan

DAY = 24 * 60 * 60
years = parse_timespan("1 year") / DAY, parse_timespan("10y") / DAY
print(years, format_timespan(parse_timespan("365d")))
assert parse_timespan("365d") / DAY == 365
assert years == (364, 3640), "a year has its days now"
PY
python look.py
