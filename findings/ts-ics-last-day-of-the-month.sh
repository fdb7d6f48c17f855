#!/usr/bin/env bash
# ts-ics (npm) lists what is due on the 15th and on the last day of each month (BYMONTHDAY=15,-1), from 15 January 2024 on.
# Expected: 15 and 31 January, 15 and 29 February, as dateutil has them.
# Happens: 15 and 30 January, 15 and 28 February: -1 is the day before the last.
# Matters: rents and reports are due at the end of a month; each comes a day early, and on a day that looks like one.
# Source: RFC 5545, 3.3.10 (BYMONTHDAY: -1 is the last day of the month); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ts-ics@2.4.6
with_python python-dateutil==2.9.0.post0
export TZ=UTC
cat > look.mjs <<'JS'
import assert from "node:assert";
import { convertIcsCalendar, extendByRecurrenceRule } from "ts-ics";

const HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a.example//", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20240101T000000Z"];
const days = (start, rule) => {
  const times = [`DTSTART:${start}T090000Z`, `DTEND:${start}T100000Z`, `RRULE:${rule}`];
  const text = [...HEAD, ...times, "SUMMARY:Rent", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
  const event = convertIcsCalendar(undefined, text).events[0];
  const range = { start: event.start.date, end: new Date(Date.UTC(2026, 0, 1)) };
  return extendByRecurrenceRule(event.recurrenceRule, range).map((day) => day.toISOString().slice(5, 16));
};
const seen = days("20240115", "FREQ=MONTHLY;BYMONTHDAY=15,-1;COUNT=4");
console.log("ts-ics:", seen);
assert.deepEqual(seen, ["01-15T09:00", "01-30T09:00", "02-15T09:00", "02-28T09:00"], "the last day is the last now");
JS
node look.mjs
cat > look.py <<'PY'
from datetime import datetime

from dateutil.rrule import rrulestr

RULE = "FREQ=MONTHLY;BYMONTHDAY=15,-1;COUNT=4"
right = [f"{day:%m-%dT%H:%M}" for day in rrulestr(RULE, dtstart=datetime(2024, 1, 15, 9))]
print("dateutil:", right)
assert right == ["01-15T09:00", "01-31T09:00", "02-15T09:00", "02-29T09:00"]
PY
python look.py
