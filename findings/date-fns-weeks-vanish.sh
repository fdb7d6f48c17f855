#!/usr/bin/env bash
# date-fns writes a duration of two weeks as ISO 8601 has it (formatISODuration), to be stored or sent.
# Expected: P2W or P14D: weeks are among the fields of its Duration, formatDuration writes "2 weeks" and add() adds fourteen days.
# Happens: P0Y0M0DT0H0M0S, nothing at all; a year and two weeks is a year. Weeks are not written, and nothing warns.
# Matters: notice periods, retention and intervals of jobs are kept in weeks; read again they are zero, which for an interval means
#   "always", for a retention "at once".
# Source: ISO 8601-1:2019, 5.5.2 (weeks in durations); date-fns' reference (Duration, formatISODuration) and its issue 3344;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node date-fns@4.4.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { add, formatDuration, formatISODuration } from "date-fns";

const term = { weeks: 2 };
const seen = [formatISODuration(term), formatISODuration({ years: 1, weeks: 2 })];
console.log(formatDuration(term), add(new Date(2024, 0, 1), term).getDate(), seen);
assert.equal(formatDuration(term), "2 weeks");
assert.equal(add(new Date(2024, 0, 1), term).getDate(), 15);
assert.deepEqual(seen, ["P0Y0M0DT0H0M0S", "P1Y0M0DT0H0M0S"], "weeks are written now");
JS
node look.mjs
