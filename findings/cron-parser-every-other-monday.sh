#!/usr/bin/env bash
# cron-parser and croner (npm) give the times of "0 9 */2 * 1": nine o'clock, days of the month 1, 3, 5 ..., Mondays.
# Expected: Mondays with an odd date, as cron runs it: a day and a weekday are taken as "either" only if neither field begins with a
#   star; this is how "every other Monday" is written in crontabs.
# Happens: each odd day and each Monday, some eighteen times a month instead of two: only a star that stands alone counts as one.
#   croniter in Python knows cron's rule as an option (implement_cron_bug).
# Matters: lines that are taken over from a crontab run many times as often; mails to all users, bills and backups.
# Source: crontab(5) of Debian (both fields restricted means: they do not begin with *); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node cron-parser@5.10.6 croner@11.0.1
with_python croniter==7.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import parser from "cron-parser";
import { Cron } from "croner";

const line = "0 9 */2 * 1", tz = "UTC";
const inSeptember = (dates) => dates.filter((date) => date.startsWith("2024-09")).map((date) => Number(date.slice(8, 10)));
const times = parser.CronExpressionParser.parse(line, { currentDate: new Date("2024-09-01T00:00Z"), tz }).take(30);
const others = new Cron(line, { paused: true, timezone: tz }).nextRuns(30, new Date("2024-09-01T00:00Z"));
const seen = [times.map((time) => time.toISOString()), others.map((time) => time.toISOString())].map(inSeptember);
console.log(...seen);
const either = [1, 2, 3, 5, 7, 9, 11, 13, 15, 16, 17, 19, 21, 23, 25, 27, 29, 30];
assert.deepEqual(seen, [either, either], "a star with a step counts as a star now");
JS
node look.mjs
cat > look.py <<'PY'
from datetime import datetime

from croniter import croniter

times = croniter("0 9 */2 * 1", datetime(2024, 9, 1), implement_cron_bug=True)
print("as cron does it:", [times.get_next(datetime).strftime("%d %b") for _ in range(4)])
PY
python look.py
