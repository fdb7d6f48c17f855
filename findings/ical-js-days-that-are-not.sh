#!/usr/bin/env bash
# ical.js lists the days of what is repeated each year from 29 February 2024 on, and of what is repeated in February and
#   March from 31 January on.
# Expected: 29 February 2024, 2028, 2032; 31 March of each year: a day that a month does not have is passed over, as the
#   same library does for FREQ=MONTHLY on the 31st, and as dateutil does.
# Happens: 1 March 2025 and 2026; and 2 March (3 March), a day of no rule, beside 31 March.
# Matters: dates of contracts, licences and birthdays come out on days that no other calendar shows, and COUNT is used up by
#   them.
# Source: RFC 5545, 3.3.10 (recurrence instances with an invalid date are ignored and not counted); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node ical.js@2.2.1
with_python python-dateutil==2.9.0.post0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import ICAL from "ical.js";

const RULES = [
  ["20240229", "FREQ=YEARLY;COUNT=3"],
  ["20240131", "FREQ=YEARLY;BYMONTH=2,3;COUNT=4"],
  ["20240131", "FREQ=MONTHLY;COUNT=3"],
];
const event = ([start, rule]) =>
  ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20240101T000000Z", `DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`, "END:VEVENT"].join("\r\n");
const days = (one) => {
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(event(one)))).iterator();
  const list = [];
  for (let day = iterator.next(); day; day = iterator.next()) list.push(day.toString());
  return list;
};
const PYTHON = "import sys;from dateutil.rrule import rrulestr;from datetime import datetime as d;" +
  "print(*[str(x)[:10] for x in rrulestr(sys.argv[2], dtstart=d.strptime(sys.argv[1], '%Y%m%d'))])";
const right = RULES.map((one) => execFileSync("python", ["-c", PYTHON, ...one], { encoding: "utf8" }).trim().split(" "));
const seen = RULES.map(days);
console.log({ right, seen });
assert.deepEqual(right[0], ["2024-02-29", "2028-02-29", "2032-02-29"]);
assert.deepEqual(seen[0], ["2024-02-29", "2025-03-01", "2026-03-01"], "years without 29 February are passed over now");
assert.deepEqual(seen[1], ["2024-03-02", "2024-03-31", "2025-03-03", "2025-03-31"], "February is passed over now");
assert.deepEqual(seen[2], right[2]);
JS
node look.mjs
