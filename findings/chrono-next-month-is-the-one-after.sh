#!/usr/bin/env bash
# chrono-node reads "next month" on 31 January, and "last month" on 31 March.
# Expected: a day in February, if not its last one: dateparser and Python's dateutil go back to the last day of a shorter
#   month.
# Happens: 3 March in either case: the month is set in JavaScript's Date, which carries 31 February over. On 28 January it
#   is February.
# Matters: reminders, and questions for "last month", are a month off on the 29th to 31st of some months, and only then;
#   tests on other days pass.
# Source: ECMAScript, MakeDay (days beyond the month run over); dateutil's documentation of relativedelta; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node chrono-node@2.10.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as chrono from "chrono-node";

const month = (text, ...day) => {
    const date = chrono.parseDate(text, new Date(...day, 12));
    return `${date.getMonth() + 1}/${date.getDate()}`;
};
const seen = {
    "next month, 28 January": month("next month", 2026, 0, 28),
    "next month, 31 January": month("next month", 2026, 0, 31),
    "last month, 28 March": month("last month", 2026, 2, 28),
    "last month, 31 March": month("last month", 2026, 2, 31),
};
console.log(seen);
assert.deepEqual(Object.values(seen), ["2/28", "3/3", "2/28", "3/3"], "the month is right now");
JS
TZ=UTC node look.mjs
