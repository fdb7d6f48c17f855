#!/usr/bin/env bash
# ical-generator (npm) writes an event of a whole day, 5 March 2024, on a machine in Berlin; the day is given as JavaScript
#   gives it, new Date(2024, 2, 5). A second event, at nine, has a Date and a zone.
# Expected: DTSTART;VALUE=DATE:20240305: an event of a whole day has no hour, and the date was made of its parts in local
#   time.
# Happens: 20240304, the day before: of a Date the parts in UTC are taken. With a zone the parts in local time are, as the
#   README says.
# Matters: birthdays, holidays and ends of contracts are a day early on machines east of Greenwich, and right where they run
#   in UTC.
# Source: RFC 5545, 3.3.4 (DATE); the package's README (times without a zone are written in UTC; nothing on whole days); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ical-generator@10.2.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as generator from "ical-generator";

const ical = typeof generator.default === "function" ? generator.default : generator.default.default;
const calendar = ical({ name: "Pier" });
calendar.createEvent({ start: new Date(2024, 2, 5), allDay: true, summary: "Rent" });
calendar.createEvent({ start: new Date(2024, 2, 5, 9), timezone: "Europe/Berlin", summary: "Call" });
const starts = calendar.toString().split("\r\n").filter((line) => line.startsWith("DTSTART"));
console.log(starts);
assert.equal(starts[0], "DTSTART;VALUE=DATE:20240304", "days are kept now");
assert.equal(starts[1], "DTSTART;TZID=Europe/Berlin:20240305T090000");
JS
TZ=Europe/Berlin node look.mjs
