#!/usr/bin/env bash
# DateRangeParser (PyPI) reads "25 December 2010 - 27 December" and "25 December 2010 - 3 January".
# Expected: 25 to 27 December 2010, and the first days of January 2011: the year stands there. Or an error.
# Happens: this year's 25 to 27 December, and last year's to this year's January: the year of the first date is overwritten by the
#   current one, which is taken for the second. "25-27 December 2010" is right.
# Matters: old programmes, leases and reports are dated to the present, with the right days and months.
# Source: DateRangeParser's README (parses ranges of dates with missing parts); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python DateRangeParser==1.3.2
cat > look.py <<'PY'
import datetime

import daterangeparser


def days(text):
    return [str(time.date()) for time in daterangeparser.parse(text)]


right = [days("25-27 December 2010"), days("25 December 2010 - 3 January 2011")]
wrong = [days("25 December 2010 - 27 December"), days("25 December 2010 - 3 January")]
print(right, wrong)
assert right == [["2010-12-25", "2010-12-27"], ["2010-12-25", "2011-01-03"]]
year = datetime.date.today().year
assert wrong[0] == [f"{year}-12-25", f"{year}-12-27"], "the year stays now"
assert wrong[1] == [f"{year - 1}-12-25", f"{year}-01-03"], "the year stays now"
PY
TZ=UTC python -W ignore look.py
