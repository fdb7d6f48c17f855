#!/usr/bin/env bash
# ics (npm) writes a meeting each week at nine, from 18 October 2024 on, on a machine in Berlin, and ical.js lists its days;
#   the meeting has two labels, one of them with a comma.
# Expected: nine o'clock each week: the hour was given as local time, and clocks go back on 27 October; and two labels.
# Happens: from 1 November on it is at eight: the first hour is turned into UTC and the zone is left out, so that all others
#   are counted in UTC; and "Pier, north" is two labels: its comma is written as it is, while that of the title has its
#   backslash.
# Matters: half of the year all repeated meetings are an hour off, in each calendar that gets the file.
# Source: RFC 5545, 3.8.5.3 (a series in local time needs TZID) and 3.3.11 (escapes in text); the README, in which UTC is the
#   form of the output and nothing is said of series; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ics@3.12.0 ical.js@2.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import ICAL from "ical.js";
import { createEvent } from "ics";

const { value } = createEvent({
  title: "Berths, week",
  start: [2024, 10, 18, 9, 0],
  duration: { hours: 1 },
  recurrenceRule: "FREQ=WEEKLY;COUNT=3",
  categories: ["Pier, north", "Rent"],
});
const event = new ICAL.Component(ICAL.parse(value)).getFirstSubcomponent("vevent");
const days = new ICAL.Event(event).iterator();
const hours = [1, 2, 3].map(() => days.next().toJSDate().toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit" }));
const labels = event.getFirstProperty("categories").getValues();
console.log(hours, labels, event.getFirstPropertyValue("summary"));
assert.deepEqual(hours.map((text) => text.slice(-2)), ["09", "09", "08"], "hours are kept now");
assert.deepEqual(labels.map((text) => text.trim()), ["Pier", "north", "Rent"], "labels are kept now");
JS
TZ=Europe/Berlin node look.mjs
