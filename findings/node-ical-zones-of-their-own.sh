#!/usr/bin/env bash
# node-ical reads an event at nine in a time zone that the file itself describes (VTIMEZONE), with a name as Evolution
#   writes it, /freeassociation.sourceforge.net/Europe/Berlin, or one that was made up: Office.
# Expected: 07:00 UTC in summer, by the offsets in the file; ical.js has it, whatever the zone is called.
# Happens: nine in the zone of the machine: 13:00 UTC in New York, 09:00 in UTC. Only names that are known from elsewhere
#   count. A line on the console tells.
# Matters: the same file has other times on a laptop and on a server; appointments are hours off.
# Source: RFC 5545, 3.2.19 and 3.6.5 (TZID refers to the VTIMEZONE of the same file; names are free); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node node-ical@0.26.1 ical.js@2.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const part = (kind, from, to, start, month) => [
  `BEGIN:${kind}`, `DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`,
  `RRULE:FREQ=YEARLY;BYMONTH=${month};BYDAY=-1SU`, `END:${kind}`,
];
const winter = part("STANDARD", "+0200", "+0100", "19701025T030000", 10);
const summer = part("DAYLIGHT", "+0100", "+0200", "19700329T020000", 3);
const calendar = (zone) => [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN",
  "BEGIN:VTIMEZONE", `TZID:${zone}`, ...winter, ...summer, "END:VTIMEZONE",
  "BEGIN:VEVENT", "UID:1", "DTSTAMP:20230101T000000Z", `DTSTART;TZID=${zone}:20230715T090000`, "SUMMARY:Choir", "END:VEVENT",
  "END:VCALENDAR", "",
].join("\r\n");
for (const zone of ["Europe/Berlin", "/freeassociation.sourceforge.net/Europe/Berlin", "Office"]) {
  const text = calendar(zone);
  const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
  const right = event.getFirstPropertyValue("dtstart").toJSDate().toISOString();
  const seen = Object.values(nodeIcal.sync.parseICS(text)).find((one) => one.type === "VEVENT").start.toISOString();
  console.log(zone, { right, seen });
  assert.equal(right, "2023-07-15T07:00:00.000Z");
  assert.equal(seen, zone === "Europe/Berlin" ? right : "2023-07-15T13:00:00.000Z", "the zone of the file counts now");
}
JS
TZ=America/New_York node look.mjs
