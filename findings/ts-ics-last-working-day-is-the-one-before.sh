#!/usr/bin/env bash
# ts-ics (npm) lists the last working day of each month (BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1), an example of the standard.
# Expected: 31 January, 29 February and 29 March 2024, as dateutil has them.
# Happens: 28 February, 28 March, 29 April: the last but one of each month, or the second, third and fourth where the first one
#   is asked for (BYSETPOS=1). Places are counted from 0.
# Matters: pay days and closings are set a day early, and for the first working day there are as many meetings as days.
# Source: RFC 5545, 3.3.10 (BYSETPOS: 1 is the first and -1 the last of the set); what was seen by this script.
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
const WORK = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR";
const seen = days("20240131", `${WORK};BYSETPOS=-1;COUNT=3`).map((day) => day.slice(0, 5));
const first = days("20240101", `${WORK};BYSETPOS=1;COUNT=3`).map((day) => day.slice(0, 5));
console.log("ts-ics:", seen, first);
assert.deepEqual(seen, ["02-28", "03-28", "04-29"], "the last one is the last now");
assert.deepEqual(first, ["01-02", "01-03", "01-04"], "the first one is the first now");
JS
node look.mjs
cat > look.py <<'PY'
from datetime import datetime

from dateutil.rrule import rrulestr

RULE = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"
right = [f"{day:%m-%dT%H:%M}" for day in rrulestr(RULE, dtstart=datetime(2024, 1, 31, 9))]
print("dateutil:", right)
assert right == ["01-31T09:00", "02-29T09:00", "03-29T09:00"]
PY
python look.py
