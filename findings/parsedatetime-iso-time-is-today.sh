#!/usr/bin/env bash
# parsedatetime reads a point in time as ISO 8601 writes it, 2024-03-05T10:00:00, and a quarter, "Q1 2024".
# Expected: 5 March 2024, 10:00, as for "2024-03-05 10:00:00"; and for the quarter nothing, or a day in it.
# Happens: today, 20:24: with the T the date is no date any more, and of what is left 2024 is an hour and a minute. So it is with
#   the quarter. The status says that a time was found.
# Matters: times of logs, JSON and databases become this evening, with a result that looks sure; so does each year in a sentence.
# Source: ISO 8601 (the T stands between date and time); parsedatetime's README (parses human-readable dates and times); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python parsedatetime==2.6
cat > look.py <<'PY'
from datetime import datetime

import parsedatetime

NOON = datetime(2023, 7, 19, 12)
read = lambda text: parsedatetime.Calendar().parseDT(text, sourceTime=NOON)
seen = {text: read(text) for text in ("2024-03-05 10:00:00", "2024-03-05T10:00:00", "Q1 2024")}
print({text: (str(time), status) for text, (time, status) in seen.items()})
assert seen["2024-03-05 10:00:00"][0] == datetime(2024, 3, 5, 10)
for text in ("2024-03-05T10:00:00", "Q1 2024"):
    assert seen[text] == (datetime(2023, 7, 19, 20, 24), 2), f"{text} is something else now"
PY
python look.py
