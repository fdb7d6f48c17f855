#!/usr/bin/env bash
# Polars reads a CSV file with days as 05/03/24, as bank statements have them, and is asked to find dates (try_parse_dates).
# Expected: 2024-03-05, as pandas, dateutil and Polars' own "%d/%m/%y" have it; or text, as for 03/25/2024.
# Happens: 0024-03-05, in the year 24: two figures are taken for a whole year. 05/03/2024 is right.
# Matters: the column is of the type Date and sorts well; filters from a date on find nothing, ages and sums by year are of Roman
#   times.
# Source: Polars' reference (try_parse_dates: most ISO 8601-like dates; other patterns too); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python polars==2.1.0
cat > look.py <<'PY'
import io

import polars


def days(*texts):
    table = polars.read_csv(io.StringIO("day,amount\n" + "".join(f"{text},5\n" for text in texts)), try_parse_dates=True)
    return [str(day) for day in table["day"]], table["day"].dtype


seen = days("05/03/24", "25/03/24")
print(seen, days("05/03/2024"), days("03/25/2024"), polars.Series(["05/03/24"]).str.to_date("%d/%m/%y").to_list())
assert seen == (["0024-03-05", "0024-03-25"], polars.Date), "two figures are a year of ours now"
PY
python look.py
