#!/usr/bin/env bash
# formulajs takes the days of an age or a stay beyond its months and years: DATEDIF of 25 December 2023 and 5 January 2024, unit "MD", and
#   "YD" (beyond its years) of 15 March 2023 and 14 March 2024.
# Expected: 11 and 365 or 364: less than a month or year is left, and never a negative number where the end is behind the start.
# Happens: -20 and -1: only the numbers of the days are subtracted, and the borrowed month or year is not added.
# Matters: "0 years, 0 months and -20 days" in contracts and ages; sums over them become smaller. About every second pair of dates has it.
# Source: Microsoft's page on DATEDIF (MD: the days, months and years are ignored; it warns of MD for the ends of months, which these are
#   not); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { DATEDIF } from "@formulajs/formulajs";

const seen = {
  control: ["MD", "YD"].map((unit) => DATEDIF("2001-06-01", "2002-08-15", unit)),
  days: [DATEDIF("2023-12-25", "2024-01-05", "D"), DATEDIF("2023-12-25", "2024-01-05", "MD")],
  year: [DATEDIF("2023-03-15", "2024-03-14", "Y"), DATEDIF("2023-03-15", "2024-03-14", "YD")],
};
console.log(seen);
assert.deepEqual(seen.control, [14, 75]);
assert.deepEqual(seen.days, [11, -20], "days beyond months are not negative now");
assert.deepEqual(seen.year, [0, -1], "days beyond years are not negative now");
JS
TZ=UTC node look.mjs
