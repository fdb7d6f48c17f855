#!/usr/bin/env bash
# ical.js lists the days of FREQ=YEARLY;BYDAY=20MO, the twentieth Monday of each year, and of
#   FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO, the Monday of week 20; both are examples of the standard.
# Expected: 13 May 2024, 19 May 2025, 18 May 2026; and 13 May 2024, 12 May 2025, 11 May 2026, as dateutil has them.
# Happens: 1, 8 and 15 January, for both: the numbers are dropped, and every Monday counts.
# Matters: what takes place once a year is shown each week from New Year on; nothing is reported.
# Source: RFC 5545, 3.3.10 and 3.8.5.3 (the examples of the rule); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ical.js@2.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import ICAL from "ical.js";

const days = (rule) => {
  const lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20240101T000000Z", "DTSTART;VALUE=DATE:20240101", `RRULE:${rule}`, "END:VEVENT"];
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(lines.join("\r\n")))).iterator();
  const list = [];
  for (let day = iterator.next(); day; day = iterator.next()) list.push(day.toString());
  return list;
};
const seen = ["20MO", "2MO;BYMONTH=5"].map((byDay) => days(`FREQ=YEARLY;BYDAY=${byDay};COUNT=3`));
const week = days("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3");
console.log(seen, week);
assert.deepEqual(seen[1], ["2024-05-13", "2025-05-12", "2026-05-11"]);
assert.deepEqual(seen[0], ["2024-01-01", "2024-01-08", "2024-01-15"], "Mondays of the year are counted now");
assert.deepEqual(week, seen[0], "weeks of the year are known now");
JS
node look.mjs
