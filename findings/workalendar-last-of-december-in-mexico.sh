#!/usr/bin/env bash
# workalendar tells working days in Mexico: 31 December of 2024, a Tuesday, and of 2026, a Thursday.
# Expected: working days: if New Year's Day falls on a Saturday, the Friday before it is free by the package's own comment; 1 January 2025
#   and 2027 are a Wednesday and a Friday. The package holidays has no free day there.
# Happens: free in every year but those before a Monday: the test is whether the weekday is other than 0, and Monday is 0.
# Matters: terms of payment, deliveries and shifts at the end of the year move by a day; 30 December plus one working day is January.
# Source: workalendar/america/mexico.py (get_calendar_holidays: if next_new_year.weekday()); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python workalendar==17.0.0 holidays==0.109
cat > look.py <<'PY'
from datetime import date

import holidays
from workalendar.america import Mexico

mexico = Mexico()
days = [date(year, 12, 31) for year in (2018, 2024, 2025, 2026, 2029)]
seen = {f"{day:%Y %a}": mexico.is_working_day(day) for day in days}
label = dict(mexico.holidays(2024))[date(2024, 12, 31)]
print(seen, label, mexico.add_working_days(date(2024, 12, 30), 1))
assert not any(day in holidays.country_holidays("MX") for day in days)
assert Mexico().is_working_day(date(2028, 12, 29)) and date(2028, 12, 31).weekday() == 6
assert label == "New Year Day substitute" and mexico.add_working_days(date(2024, 12, 30), 1) == date(2025, 1, 2)
assert seen == {"2018 Mon": False, "2024 Tue": False, "2025 Wed": False, "2026 Thu": False, "2029 Mon": False}, "it is a working day now"
PY
python look.py
