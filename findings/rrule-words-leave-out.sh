#!/usr/bin/env bash
# rrule (npm) says rules in words (toText): the last working day of each month (BYSETPOS=-1), and each Monday at half past nine.
# Expected: "every month on the last weekday" and "every week on Monday at 9:30", or that it cannot: isFullyConvertibleToText is asked
#   first, as the README has it.
# Happens: "every month on weekdays", all twenty of them, and "every week on Monday at 9"; and that both are
#   fully convertible. The last day of the month is "every month on the last".
# Matters: people confirm what they read: monthly reports look like daily ones, and half past nine like nine.
# Source: RFC 5545, 3.3.10 (BYSETPOS, BYMINUTE); rrule's README (isFullyConvertibleToText) and its issues 75, 387 and 436; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node rrule@2.8.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import rrule from "rrule";

const seen = ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30", "FREQ=MONTHLY;BYMONTHDAY=-1"].map(
  (text) => rrule.RRule.fromString(text),
);
const words = seen.map((rule) => rule.toText());
console.log(words, seen.map((rule) => rule.isFullyConvertibleToText()));
assert.deepEqual(
  words,
  ["every month on weekdays", "every week on Monday at 9", "every month on the last"],
  "the words say it all now",
);
assert(seen.every((rule) => rule.isFullyConvertibleToText()), "it is told now");
JS
node look.mjs
