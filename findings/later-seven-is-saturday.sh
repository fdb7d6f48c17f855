#!/usr/bin/env bash
# @breejs/later, which plans the jobs of Bree, makes a schedule of a line of crontab: "0 9 * * 7".
# Expected: Sundays at nine: in crontab both 0 and 7 are Sunday. cron-parser, croner and croniter have it so.
# Happens: Saturdays: the number is one of later's own, in which days are counted from 1, and only 0 to 6 are moved by one. "5-7"
#   is Fridays and Saturdays, without the Sunday; 0 is Sunday.
# Matters: weekly backups and re-indexing run a day early, with the load of a day of work; most lines of the same file are right.
# Source: crontab(5) (day of week: 0 or 7 is Sunday); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @breejs/later@4.2.0 croner@10.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import later from "@breejs/later";
import { Cron } from "croner";

const START = new Date("2024-01-31T12:00:00Z");
const NAMES = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const days = (dates) => dates.map((date) => NAMES[date.getUTCDay()]);
const seen = (line) => days(later.schedule(later.parse.cron(line)).next(3, START));
console.log(seen("0 9 * * 0"), seen("0 9 * * 7"), seen("0 9 * * 5-7"));
assert.deepEqual(days(new Cron("0 9 * * 7", { timezone: "UTC" }).nextRuns(3, START)), ["Sun", "Sun", "Sun"]);
assert.deepEqual(seen("0 9 * * 0"), ["Sun", "Sun", "Sun"]);
assert.deepEqual(seen("0 9 * * 7"), ["Sat", "Sat", "Sat"], "7 is Sunday now");
assert.deepEqual(seen("0 9 * * 5-7"), ["Fri", "Sat", "Fri"], "Sunday is among 5-7 now");
JS
node look.mjs
