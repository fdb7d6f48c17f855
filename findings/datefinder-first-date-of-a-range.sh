#!/usr/bin/env bash
# datefinder looks for the dates of a text that names a span: "3 March - 5 March 2024", "between 3 March and 5 March 2024".
# Expected: two dates, as when the year stands with both: 3 March (of some year) and 5 March 2024.
# Happens: only the second: the first is swallowed. In American order, "March 3 to March 5, 2024", both are found, the first in the
#   year of today.
# Matters: the beginning of a contract, a fair or a leave is missing from what is found, and the end stands as the only date.
# Source: datefinder's README (finds dates and times in a text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python datefinder==1.0.0
cat > look.py <<'PY'
import datetime

import datefinder

TEXTS = [
    "from 3 March 2024 to 5 March 2024",
    "3 March - 5 March 2024",
    "between 3 March and 5 March 2024",
    "March 3 to March 5, 2024",
]
base = datetime.datetime(2026, 1, 15)
seen = [[str(date.date()) for date in datefinder.find_dates(text, base_date=base)] for text in TEXTS]
print(dict(zip(TEXTS, seen)))
assert seen[0] == ["2024-03-03", "2024-03-05"]
assert seen[1] == seen[2] == ["2024-03-05"], "the first date is found now"
assert seen[3] == ["2026-03-03", "2024-03-05"], "both dates have the year now"
PY
TZ=UTC python -W ignore look.py
