#!/usr/bin/env bash
# ts-ics (npm) reads an invitation of a person whose name is written with a semicolon, CN="Smith; Anna", and has a role behind
#   it.
# Expected: Smith; Anna, as ical.js has it: within quotation marks a semicolon divides nothing.
# Happens: the name is "Smith with its opening quotation mark: it is cut at the semicolon. A comma in it does no harm.
# Matters: directories of firms write names with their place or department behind a semicolon; people get half names.
# Source: RFC 5545, 3.1 (a quoted parameter value may hold ":", ";" and ","); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ts-ics@2.4.6 ical.js@2.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import ICAL from "ical.js";
import { convertIcsCalendar } from "ts-ics";

const HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a.example//", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20240101T000000Z"];
const read = (name) => {
  const event = ["DTSTART:20240305T090000Z", "DTEND:20240305T100000Z", "SUMMARY:Rent"];
  const person = `ATTENDEE;CN="${name}";ROLE=CHAIR:mailto:a@a.example`;
  const text = [...HEAD, ...event, person, "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
  const other = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent").getFirstProperty("attendee");
  return [other.getParameter("cn"), convertIcsCalendar(undefined, text).events[0].attendees[0].name];
};
const seen = [read("Smith, Anna"), read("Smith; Anna")];
console.log(seen);
assert.deepEqual(seen[0], ["Smith, Anna", "Smith, Anna"]);
assert.deepEqual(seen[1], ["Smith; Anna", '"Smith'], "semicolons are part of names now");
JS
node look.mjs
