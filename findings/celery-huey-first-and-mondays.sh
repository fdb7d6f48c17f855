#!/usr/bin/env bash
# Celery and Huey plan a job by fields of a crontab with a day of the month and a weekday: day 1 and Mondays, "0 9 1 * 1".
# Expected: on the first of each month and on each Monday, as cron runs it, if both fields are given, and as croniter has it.
# Happens: only on Mondays that are the first: in 2024 on 1 January, 1 April and 1 July.
# Matters: a job whose line was carried over from crontab runs three times in 2024 instead of some sixty; nothing tells it.
# Source: crontab(5) (day of month and day of week: either); celery/schedules.py and huey's crontab; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python celery==5.7.0 huey==3.5.4 croniter==7.0.0
cat > look.py <<'PY'
from datetime import datetime, timedelta, timezone

import huey
from celery import Celery
from celery.schedules import crontab
from croniter import croniter

YEAR = [datetime(2024, 1, 1, 9) + timedelta(days=day) for day in range(366)]
by_cron = [day for day in YEAR if croniter.match("0 9 1 * 1", day)]
by_huey = [day for day in YEAR if huey.crontab(minute="0", hour="9", day="1", day_of_week="1")(day)]

app, now, by_celery = Celery(), datetime(2023, 12, 31, tzinfo=timezone.utc), []
app.conf.timezone = "UTC"
plan = crontab(minute=0, hour=9, day_of_month="1", day_of_week="1", app=app, nowfun=lambda: now)
while True:
    start, delta, _ = plan.remaining_delta(now)
    now = start + delta
    if now.year > 2024:
        break
    by_celery.append(now.replace(tzinfo=None))
days = [f"{day:%d %b}" for day in by_huey]
print(len(by_cron), days, by_celery == by_huey)
assert len(by_cron) > 55
assert by_celery == by_huey and days == ["01 Jan", "01 Apr", "01 Jul"], "either day will do now"
PY
python look.py
