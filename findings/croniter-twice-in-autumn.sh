#!/usr/bin/env bash
# croniter gives the next times of a daily job at half past two in Berlin (30 2 * * *), in the night when clocks go back.
# Expected: one time for that day: cron, cron-parser and croner run a job of a fixed hour once, although 2:30 comes twice.
# Happens: both: 00:30 and 01:30 UTC.
# Matters: nightly jobs (backups, bills, imports, mails to all users) run twice, an hour apart, on one day of the year; most tests
#   run in UTC.
# Source: cron(8) of Debian (a time that comes twice by a change of clocks runs once); cron-parser; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python croniter==7.0.0 tzdata==2025.2
with_node cron-parser@5.10.1
cat > other.mjs <<'JS'
import { CronExpressionParser } from "cron-parser";

const times = CronExpressionParser.parse("30 2 * * *", { currentDate: new Date("2024-10-26T12:00:00Z"), tz: "Europe/Berlin" });
console.log(JSON.stringify(times.take(3).map((time) => time.toDate().toISOString().slice(0, 16))));
JS
cat > look.py <<'PY'
import json
import subprocess
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from croniter import croniter

plan = croniter("30 2 * * *", datetime(2024, 10, 26, 14, tzinfo=ZoneInfo("Europe/Berlin")))
seen = [plan.get_next(datetime).astimezone(timezone.utc).isoformat()[:16] for _ in range(3)]
other = json.loads(subprocess.run(["node", "other.mjs"], capture_output=True, check=True, text=True).stdout)
print(seen, other)
assert other == ["2024-10-27T00:30", "2024-10-28T01:30", "2024-10-29T01:30"]
assert seen == ["2024-10-27T00:30", "2024-10-27T01:30", "2024-10-28T01:30"], "the job runs once now"
PY
python look.py
