#!/usr/bin/env bash
# rrule (npm) makes rules of words (fromText): "every day at 9:30", "every year on March 5", "every weekend".
# Expected: half past nine; one day a year; Saturday and Sunday; or an error, as for "every 3rd friday" and "every two weeks".
# Happens: FREQ=DAILY;BYHOUR=9; FREQ=YEARLY;BYMONTH=3, whose day is that of today; FREQ=WEEKLY, whose day is that of today as well.
#   What is not understood behind a beginning that is, is dropped.
# Matters: reminders that people type come half an hour early, on another day of March or on a Tuesday; nothing is reported.
# Source: rrule's README (fromText throws on what it cannot parse; examples of texts); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node rrule@2.8.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import rrule from "rrule";

const texts = ["every day at 9:30", "every year on March 5", "every weekend", "every weekday"];
const seen = texts.map((text) => rrule.RRule.fromText(text).toString().replace("RRULE:", ""));
console.log(seen);
assert.throws(() => rrule.RRule.fromText("every 3rd friday"));
assert.equal(seen[3], "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
assert.deepEqual(seen.slice(0, 3), ["FREQ=DAILY;BYHOUR=9", "FREQ=YEARLY;BYMONTH=3", "FREQ=WEEKLY"], "all is read or refused now");
JS
node look.mjs
