#!/usr/bin/env bash
# workalendar tells working days in Japan: the Mondays after a holiday on a Sunday, such as 12 February, 6 May and 4 November 2024.
# Expected: free: by the law on holidays the next day that is none takes the place of a holiday on a Sunday, since 1973. The package
#   holidays has five such days in 2024, and one in 2026 on a Wednesday, at the end of the Golden Week.
# Happens: working days, all of them; the holidays on the Sundays themselves are known.
# Matters: terms, deliveries and opening hours are a day off several times a year, in silence.
# Source: Japan's act on national holidays, article 3, paragraph 2; workalendar/asia/japan.py; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python workalendar==17.0.0 holidays==0.109
cat > look.py <<'PY'
from datetime import date, timedelta

import holidays
from workalendar.asia import Japan

DAYS = [date(2024, 2, 12), date(2024, 5, 6), date(2024, 8, 12), date(2024, 9, 23), date(2024, 11, 4), date(2026, 5, 6)]
japan, other = Japan(), holidays.country_holidays("JP", years=(2024, 2026), language="en_US")
seen = [japan.is_working_day(day) for day in DAYS]
print(seen, [other.get(day) for day in DAYS], japan.add_working_days(date(2024, 5, 2), 1))
assert all(other.get(day) == "Substitute Holiday" for day in DAYS)
assert all(japan.is_holiday(day - timedelta(days=1)) and (day - timedelta(days=1)).weekday() == 6 for day in DAYS[:5])
assert japan.add_working_days(date(2024, 5, 2), 1) == date(2024, 5, 6)
assert seen == [True] * 6, "these days are free now"
PY
python look.py
