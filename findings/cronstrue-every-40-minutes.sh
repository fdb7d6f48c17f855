#!/usr/bin/env bash
# cronstrue says in words what a line of crontab means: "*/40 * * * *", "0 */9 * * *".
# Expected: at minutes 0 and 40; at 0, 9 and 18 o'clock: a step counts within the hour and the day, and neither divides them.
# Happens: "Every 40 minutes", "On the hour, every 9 hours". The jobs run 40 and 20 minutes apart, and 9, 9 and 6 hours.
# Matters: the sentence is what people check their line by, and it confirms the mistake that such lines are written with.
# Source: crontab(5) (step values run through a range, here 0-59); cron-parser, which gives the times; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node cronstrue@3.39.0 cron-parser@5.10.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { CronExpressionParser } from "cron-parser";
import cronstrue from "cronstrue";

const gaps = (line) => {
    const runs = CronExpressionParser.parse(line, { currentDate: new Date("2024-01-31T12:30:00Z"), tz: "UTC" }).take(5);
    return runs.slice(1).map((run, at) => (run.getTime() - runs[at].getTime()) / 60_000);
};
const seen = ["*/30 * * * *", "*/40 * * * *", "0 */9 * * *"].map((line) => [cronstrue.toString(line), gaps(line)]);
console.log(JSON.stringify(seen));
assert.deepEqual(seen[0], ["Every 30 minutes", [30, 30, 30, 30]]);
assert.deepEqual(seen[1][1], [20, 40, 20, 40]);
assert.equal(new Set(seen[2][1]).size, 2);
assert.equal(seen[1][0], "Every 40 minutes", "steps that do not divide the hour are told now");
assert.equal(seen[2][0], "On the hour, every 9 hours", "steps that do not divide the day are told now");
JS
node look.mjs
