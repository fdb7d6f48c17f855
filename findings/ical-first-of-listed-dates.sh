#!/usr/bin/env bash
# ical.js and vobject list the days of an event on 15 March that is repeated on two more days, which are given one by one
#   (RDATE).
# Expected: three days: the start is the first one, as it is with a rule (RRULE).
# Happens: two: the start is left out if there are dates and no rule. (vobject has it only if getrruleset(addRDate=True) is
#   asked.)
# Matters: the first meeting, rehearsal or payment of a row is missing in lists and in searches by date.
# Source: RFC 5545, 3.8.5.2 (RDATE and DTSTART together are the set) and 3.8.2.4 (DTSTART is its first instance); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ical.js@2.2.1
with_python vobject==0.9.9
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import ICAL from "ical.js";

const calendar = (more) => {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20230101T000000Z"];
  const lines = ["DTSTART:20230315T090000Z", more, "SUMMARY:Choir", "END:VEVENT", "END:VCALENDAR", ""];
  return [...head, ...lines].join("\r\n");
};
const days = (text) => {
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent")).iterator();
  const list = [];
  for (let day = iterator.next(); day; day = iterator.next()) list.push(day.toString().slice(0, 10));
  return list;
};
const listed = calendar("RDATE:20230320T090000Z,20230321T090000Z");
fs.writeFileSync("choir.ics", listed);
const ruled = days(calendar("RRULE:FREQ=WEEKLY;COUNT=3"));
console.log(ruled, days(listed));
assert.deepEqual(ruled, ["2023-03-15", "2023-03-22", "2023-03-29"]);
assert.deepEqual(days(listed), ["2023-03-20", "2023-03-21"], "the start is among the dates now");
JS
node look.mjs
cat > look.py <<'PY'
import vobject

with open("choir.ics", newline="") as file:
    event = vobject.readOne(file.read()).vevent
days = [str(day)[:10] for day in event.rruleset]
print(days)
assert days == ["2023-03-20", "2023-03-21"], "the start is among the dates now"
PY
python look.py
