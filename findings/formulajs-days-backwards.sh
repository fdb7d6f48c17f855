#!/usr/bin/env bash
# formulajs counts the working days back from a later date to an earlier one: NETWORKDAYS("2024-05-10", "2024-05-06"), Friday to Monday.
# Expected: -5, the five days of Monday to Friday with a minus, as in Excel: the order of the dates changes the sign only.
# Happens: -3, and -29 for all of May, which has 23: the days of the calendar, one too few, with Saturdays and Sundays.
# Matters: how many working days a delivery was early or late is such a difference; the early ones are wrong, mostly by weekends, and a
#   mean over both is too.
# Source: Microsoft's page on NETWORKDAYS (whole working days between two dates, both counted) and what Excel gives for a start behind the
#   end; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { NETWORKDAYS } from "@formulajs/formulajs";

const pairs = [["2024-05-06", "2024-05-10"], ["2024-05-06", "2024-05-13"], ["2024-05-01", "2024-05-31"]];
const seen = pairs.map(([one, other]) => [NETWORKDAYS(one, other), NETWORKDAYS(other, one)]);
console.log(seen);
assert.deepEqual(seen.map(([forward]) => forward), [5, 6, 23]);
assert.deepEqual(seen.map(([, back]) => back), [-3, -6, -29], "the same days are counted backwards now");
JS
TZ=UTC node look.mjs
