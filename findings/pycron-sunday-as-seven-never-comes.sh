#!/usr/bin/env bash
# pycron tells whether it is time for a job: is_now("0 9 * * 7") on a Sunday at nine, and "0 9 * * 5-7", Friday to Sunday.
# Expected: yes: in crontab Sunday is 0 and 7, as croniter has it; or an error.
# Happens: "7" never comes, and "5-7" is Friday and Saturday. "0" and "sun" are Sundays.
# Matters: weekly jobs (backups, reports) that were copied from a crontab never run, and there is no error.
# Source: crontab(5) (0 or 7 is Sunday); pycron's source (days of the week are 0 to 6); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pycron==3.3.0 croniter==7.0.0
cat > look.py <<'PY'
from datetime import datetime

import pycron
from croniter import croniter

WEEK = [datetime(2024, 3, day, 9) for day in range(4, 11)]
days = lambda matches, line: "".join(f"{day:%a} " for day in WEEK if matches(line, day))
LINES = ["0 9 * * 0", "0 9 * * sun", "0 9 * * 7", "0 9 * * 5-7"]
seen = [days(lambda line, day: pycron.is_now(line, day), line) for line in LINES]
other = [days(croniter.match, line) for line in LINES]
print(seen, other)
assert other == ["Sun ", "Sun ", "Sun ", "Fri Sat Sun "]
assert seen == ["Sun ", "Sun ", "", "Fri Sat "], "seven is Sunday now"
PY
python look.py
