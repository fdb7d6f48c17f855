#!/usr/bin/env bash
# Day.js reads dates as ISO 8601 writes them by the day of the year: 2024-060, 2024-366.
# Expected: 29 February and 31 December 2024, as date-fns and Luxon read them, or "Invalid Date", as for a week (2024-W10).
# Happens: 31 May 2024 and 6 December 2026: two figures are taken for the month, the third is the day, and what does not exist is
#   carried over.
# Matters: satellites, pharmacies, food and shipping number days this way; dates are wrong by months to years, and valid.
# Source: ISO 8601 (ordinal dates); Day.js's documentation of parsing (a string in ISO 8601); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node dayjs@1.11.23 luxon@3.7.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import dayjs from "dayjs";
import { DateTime } from "luxon";

const DAYS = ["2024-060", "2024-100", "2024-366"];
const seen = DAYS.map((day) => dayjs(day).format("YYYY-MM-DD"));
const right = DAYS.map((day) => DateTime.fromISO(day).toISODate());
console.log(JSON.stringify({ seen, right }));
assert.deepEqual(right, ["2024-02-29", "2024-04-09", "2024-12-31"]);
assert.equal(dayjs("2024-W10").isValid(), false);
assert.deepEqual(seen, ["2024-05-31", "2024-09-30", "2026-12-06"], "days of the year are read otherwise now");
JS
node look.mjs
