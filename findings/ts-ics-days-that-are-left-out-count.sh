#!/usr/bin/env bash
# ts-ics (npm) lists the days of a daily series that is held on Mondays and Fridays, four times in all
#   (FREQ=DAILY;BYDAY=MO,FR;COUNT=4), from Monday 1 January 2024 on.
# Expected: four days: 1, 5, 8 and 12 January, as dateutil has them.
# Happens: one: the four days from Monday to Thursday are counted first, and only then those that are not held are left out.
# Matters: a course of ten evenings has three; nothing tells that days are missing.
# Source: RFC 5545, 3.3.10 (COUNT: occurrences of the rule; BYDAY limits a daily rule before they are counted); what was seen by
#   this script.
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
const weekly = days("20240101", "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=4");
const seen = days("20240101", "FREQ=DAILY;BYDAY=MO,FR;COUNT=4");
console.log("ts-ics:", weekly, seen);
assert.deepEqual(weekly, ["01-01T09:00", "01-05T09:00", "01-08T09:00", "01-12T09:00"]);
assert.deepEqual(seen, ["01-01T09:00"], "four days are held now");
JS
node look.mjs
cat > look.py <<'PY'
from datetime import datetime

from dateutil.rrule import rrulestr

RULE = "FREQ=DAILY;BYDAY=MO,FR;COUNT=4"
right = [f"{day:%m-%dT%H:%M}" for day in rrulestr(RULE, dtstart=datetime(2024, 1, 1, 9))]
print("dateutil:", right)
assert right == ["01-01T09:00", "01-05T09:00", "01-08T09:00", "01-12T09:00"]
PY
python look.py
