#!/usr/bin/env bash
# node-ical reads an event whose summary names a folder, C:\notes, and which is in the category "Berlin, DE".
# Expected: as ical.js gives it: the file holds C:\\notes, in which \\ is a backslash, and Berlin\, DE, in which \, is no
#   divider.
# Happens: "C:\" and "otes" on two lines: \n is looked for first, the second backslash belongs to it. The category becomes two,
#   "Berlin\" and "DE".
# Matters: paths of files, network shares and formulas in invitations are cut at every n; categories and filters by them are
#   wrong.
# Source: RFC 5545, 3.3.11 (escapes in text) and 3.8.1.2 (CATEGORIES holds texts); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node node-ical@0.26.1 ical.js@2.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const LINES = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a.example//", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20240301T000000Z",
    "DTSTART:20240305T100000Z", "SUMMARY:Bring C:\\\\notes\\, please", "CATEGORIES:Berlin\\, DE,Work",
    "END:VEVENT", "END:VCALENDAR", "",
];
const text = LINES.join("\r\n");
const event = nodeIcal.sync.parseICS(text)["1"];
const other = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
console.log(JSON.stringify([event.summary, event.categories]));
assert.equal(other.getFirstPropertyValue("summary"), "Bring C:\\notes, please");
assert.deepEqual(other.getFirstProperty("categories").getValues(), ["Berlin, DE", "Work"]);
assert.equal(event.summary, "Bring C:\\\notes, please", "the backslash is read now");
assert.deepEqual(event.categories, ["Berlin\\", "DE", "Work"], "the comma is read now");
JS
node look.mjs
