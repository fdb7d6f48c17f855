#!/usr/bin/env bash
# ts-ics (npm) lists the days of a meeting at nine on the last Friday of each month, from 26 January 2024 on (BYDAY=-1FR).
# Expected: 26 January, 23 February, 29 March, each at nine, as dateutil has them.
# Happens: 23 February, 29 March and 26 April at midnight: with a numbered weekday in a month or year the hour is lost, and
#   the first meeting counts as past. With BYMONTHDAY and in weekly series the hour stays.
# Matters: monthly meetings, the usual kind in a calendar, are shown at 0:00, and one too many at the end.
# Source: RFC 5545, 3.3.10 (what a rule does not say is taken from the start) and 3.8.5.3 (the start is the first instance);
#   what was seen by this script.
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
const weekly = days("20240126", "FREQ=WEEKLY;BYDAY=FR;COUNT=2");
const seen = days("20240126", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3");
console.log("ts-ics:", weekly, seen);
assert.deepEqual(weekly, ["01-26T09:00", "02-02T09:00"]);
assert.deepEqual(seen, ["02-23T00:00", "03-29T00:00", "04-26T00:00"], "the hour is kept now");
JS
node look.mjs
cat > look.py <<'PY'
from datetime import datetime

from dateutil.rrule import rrulestr

RULE = "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"
right = [f"{day:%m-%dT%H:%M}" for day in rrulestr(RULE, dtstart=datetime(2024, 1, 26, 9))]
print("dateutil:", right)
assert right == ["01-26T09:00", "02-23T09:00", "03-29T09:00"]
PY
python look.py
