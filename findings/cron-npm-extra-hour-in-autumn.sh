#!/usr/bin/env bash
# cron (npm) runs a job every three hours in Berlin, "0 */3 * * *", in the night in which clocks go back, 27 October 2024.
# Expected: at 0, 3, 6 and 9 o'clock: 22:00, 02:00, 05:00 and 08:00 UTC, as croner has it.
# Happens: also at 01:00 UTC, which is 2 o'clock, an hour that the line does not name: three hours after midnight by the old clock.
# Matters: a job that must run at certain hours only (a window for maintenance, a report per shift) runs once more than it should.
# Source: crontab(5) (hours are those of the clock); croner; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node cron@4.4.0 croner@11.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { CronTime } from "cron";
import { Cron } from "croner";

const [line, zone, start] = ["0 */3 * * *", "Europe/Berlin", new Date("2024-10-26T21:30:00Z")];
const short = (day) => day.toISOString().slice(5, 16);
const seen = [];
for (let day = start; seen.length < 5; seen.push(short(day))) day = new CronTime(line, zone).getNextDateFrom(day, zone).toJSDate();
const other = new Cron(line, { timezone: zone, paused: true }).nextRuns(5, start).map(short);
console.log(seen, other);
assert.deepEqual(other, ["10-26T22:00", "10-27T02:00", "10-27T05:00", "10-27T08:00", "10-27T11:00"]);
assert.deepEqual(seen, ["10-26T22:00", "10-27T01:00", "10-27T02:00", "10-27T05:00", "10-27T08:00"], "the hours are those of the line now");
JS
node look.mjs
