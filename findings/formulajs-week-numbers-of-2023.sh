#!/usr/bin/env bash
# formulajs (@formulajs/formulajs) numbers weeks that begin on Monday: WEEKNUM(date, 2), in years whose first of January is a Sunday.
# Expected: 1 January 2023 is in week 1, and 31 December in week 53: the week of the first of January is the first, whatever its day.
# Happens: 2 and 54: there is no week 1 in 2017, 2023 and 2034, and all dates of these years are one week late. Other years are right.
# Matters: plans and reports by week are shifted by one for a whole year, and compare other weeks with those of the year before.
# Source: Microsoft's page on WEEKNUM (system 1: the week that contains January 1 is the first week; type 2: it begins on Monday); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { WEEKNUM } from "@formulajs/formulajs";

const weeks = (year) => ["01-01", "01-02", "12-31"].map((day) => WEEKNUM(`${year}-${day}`, 2));
const seen = Object.fromEntries([2017, 2022, 2023, 2024].map((year) => [year, weeks(year)]));
console.log(seen);
assert.deepEqual(seen[2022], [1, 1, 53]);
assert.deepEqual(seen[2024], [1, 1, 53]);
assert.deepEqual(seen[2023], [2, 2, 54], "2023 has a first week now");
assert.deepEqual(seen[2017], [2, 2, 54]);
JS
TZ=UTC node look.mjs
