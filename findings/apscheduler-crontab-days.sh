#!/usr/bin/env bash
# APScheduler makes a schedule of a line of crontab: CronTrigger.from_crontab("0 9 * * 1").
# Expected: Mondays at nine: in crontab 0 (and 7) is Sunday and 1 is Monday.
# Happens: Tuesdays: the fields are passed on, and in APScheduler's own count Monday is 0. "0 9 13 * 5" runs on a Saturday
#   that is the 13th, where cron runs on the 13th of each month and on every Friday.
# Matters: nightly and weekly jobs run on another day than the same line did in cron; "1-5" works on Saturdays. Names of days
#   (mon-fri) are safe.
# Source: POSIX, crontab (0 is Sunday; either of two given days matches); APScheduler's documentation of from_crontab (standard
#   crontab expression); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python APScheduler==3.11.3
cat > look.py <<'PY'
import datetime

from apscheduler.triggers.cron import CronTrigger

START = datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc)


def first(line):
    return CronTrigger.from_crontab(line, timezone="UTC").get_next_fire_time(None, START).strftime("%A, %d %B")


seen = {line: first(line) for line in ("0 9 * * mon", "0 9 * * 1", "0 9 13 * 5")}
print(seen)
assert seen["0 9 * * mon"] == "Monday, 02 March"
assert seen["0 9 * * 1"] == "Tuesday, 03 March", "days are counted as in crontab now"
assert seen["0 9 13 * 5"] == "Saturday, 13 June", seen
PY
python look.py
