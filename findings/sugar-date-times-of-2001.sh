#!/usr/bin/env bash
# sugar-date (npm) reads dates as people write them: "half past 9", "Tue 5 March", "Tuesday, March 5"; and words that hold
#   none: "room 5".
# Expected: nine thirty today, 5 March of this year; and no date, as for "Q1": it knows "5 March", "Tuesday" and "noon".
# Happens: 1 September 2001, 5 March 2001, the Tuesday of the week of 5 March (in 2026 it is the 3rd), and 1 May 2001: what
#   its own forms do not cover is left to the JavaScript engine, for which a figure is a month and 2001 the year that is
#   missing.
# Matters: appointments and deadlines are a quarter of a century ago, or two days early, and pass every test for a valid date.
# Source: Sugar's documentation of dates (forms that it parses; an invalid date for others); ECMA-262, 21.4.3.2 (Date.parse
#   may take other forms, as the engine likes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node sugar-date@2.0.6
cat > look.cjs <<'JS'
const assert = require("node:assert");
const Sugar = require("sugar-date");

const read = (text) => {
  const date = Sugar.Date.create(text);
  return Number.isNaN(date.getTime()) ? null : date.toLocaleString("sv-SE").slice(0, 16);
};
const seen = ["Q1", "half past 9", "Tue 5 March", "room 5"].map(read);
const weekday = Sugar.Date.create("Tuesday, March 5");
console.log(seen, weekday.toDateString());
assert.deepEqual(seen, [null, "2001-09-01 00:00", "2001-03-05 00:00", "2001-05-01 00:00"], "other forms are read now");
const fifth = new Date(new Date().getFullYear(), 2, 5);
assert.equal(weekday.getDay(), 2);
assert.ok(fifth.getDay() === 2 || weekday.toDateString() !== fifth.toDateString(), "days count before weekdays now");
JS
TZ=UTC node look.cjs
