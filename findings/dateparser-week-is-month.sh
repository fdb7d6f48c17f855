#!/usr/bin/env bash
# dateparser reads weeks as ISO 8601 writes them: 2024-W10 and 2024-W10-3.
# Expected: a day of the tenth week (4 to 10 March), or None, as for 2024-W40 and other forms that it does not know.
# Happens: the tenth month: 2024-W10 is a day in October, 2024-W10-3 the third of October. W13 is the 13th of a month.
# Matters: plans, delivery dates and time sheets count in weeks; those of the first quarter get dates that are half a year off,
#   some get others, and most get none.
# Source: ISO 8601-1, 5.2.3 (week dates); dateparser's documentation of parse (None if there is no date); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python dateparser==1.5.0
cat > look.py <<'PY'
import datetime

import dateparser

SETTINGS = {"RELATIVE_BASE": datetime.datetime(2024, 5, 15)}
read = {week: dateparser.parse(week, settings=SETTINGS) for week in ("2024-W10", "2024-W10-3", "2024-W12", "2024-W13", "2024-W40")}
print({week: date and str(date.date()) for week, date in read.items()})
assert datetime.date.fromisoformat("2024-W10-3") == datetime.date(2024, 3, 6)
assert read["2024-W40"] is None and read["2024-W13"].day == 13
assert read["2024-W10"].month == 10 and read["2024-W12"].month == 12, "weeks are no months now"
assert read["2024-W10-3"].date() == datetime.date(2024, 10, 3), "weeks are no months now"
PY
python look.py
