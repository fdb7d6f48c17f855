#!/usr/bin/env bash
# Luxon reads an interval whose end leaves out what it has in common with the start, as ISO 8601 allows and calendars write it:
#   2024-03-05T13:30/15:30 (Interval.fromISO).
# Expected: two hours on 5 March 2024; or an invalid interval, as "2024-03-05T13:30/T15:30" is one.
# Happens: a valid interval from that day to half past three of today: what is missing is taken from the day on which the program runs.
#   The end of "2024-03-05/03-08" is an hour of today as well: 03-08 is read as three o'clock in a zone eight hours behind.
# Matters: an appointment of two hours lasts years, and longer every day; tests that ran on the day itself pass.
# Source: ISO 8601-1:2019, 5.5.2 (elements left out at the end of an interval); Luxon's issue 907; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node luxon@3.7.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { DateTime, Interval } from "luxon";

const today = DateTime.utc().toISODate();
const end = (text) => Interval.fromISO(text, { zone: "utc" });
for (const text of ["2024-03-05T13:30/15:30", "2024-03-05/03-08"]) {
  const seen = end(text);
  console.log(text, seen.toISO());
  assert(seen.isValid && seen.end.toISODate() === today, "the day of the start is kept now");
}
assert.equal(end("2024-03-05T13:30/2024-03-05T15:30").length("hours"), 2);
assert.equal(end("2024-03-05T13:30/T15:30").isValid, false);
JS
node look.mjs
