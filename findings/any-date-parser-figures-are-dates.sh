#!/usr/bin/env bash
# any-date-parser (npm) reads times with a point, "12.30", as Germans, Finns and the British write them, numbers, "3.14" and
#   "version 2.5", and a day with its hour, "5 March at 9".
# Expected: half past twelve or an invalid date; no dates; and nine in the morning, as "at 9am" has it.
# Happens: 12 March: of the 30 the 3 is the month and the nought is passed over; "3.14" is 3 January; "version 2.5" is 2 May;
#   and "at 9" is passed over as well, for midnight.
# Matters: which texts are dates decides how columns and fields are read; a time becomes a day of another month.
# Source: the package's README (forms that it knows, among them day.month); CLDR's times of de, fi and en-GB; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node any-date-parser@2.2.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as module from "any-date-parser";

const parser = module.fromString ? module : (module.default.default ?? module.default);
const read = (text) => {
  const date = parser.fromString(text);
  return Number.isNaN(date.getTime?.()) || !date.toISOString ? null : date.toISOString().slice(5, 16);
};
const seen = ["12.30", "3.14", "version 2.5", "5 March at 9", "5 March at 9am"].map(read);
console.log(seen);
const expected = ["03-12T00:00", "01-03T00:00", "05-02T00:00", "03-05T00:00", "03-05T09:00"];
assert.deepEqual(seen, expected, "figures are read whole now");
JS
TZ=UTC node look.mjs
