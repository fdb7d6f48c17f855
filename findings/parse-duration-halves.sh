#!/usr/bin/env bash
# parse-duration (npm) reads times as people write them: 1½ h, 1,5 h, 1:30, 2-3 days.
# Expected: an hour and a half, or null, as for "30 Minuten", whose unit it does not know; two or three days, or null.
# Happens: a number for each: "1½ h" is 1 millisecond, "1,5 h" is 15 hours, "1:30" a millisecond and a bit, and "2-3 days"
#   three days and two milliseconds: what has no unit counts as milliseconds, and commas are dropped.
# Matters: time limits and durations from forms and sheets are far too short or ten times too long, and none is refused.
# Source: parse-duration's README (parses human-readable durations; null for what it cannot read); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node parse-duration@2.1.9
cat > look.mjs <<'JS'
import assert from "node:assert";
import parse from "parse-duration";

const TIMES = ["1.5 h", "1½ h", "1,5 h", "1:30", "2-3 days", "30 Minuten"];
const read = Object.fromEntries(TIMES.map((time) => [time, parse(time)]));
console.log(JSON.stringify(read));
const HOUR = 3600_000;
assert.equal(read["1.5 h"], 1.5 * HOUR);
assert.equal(read["30 Minuten"], null);
assert.equal(read["1½ h"], 1, "the half is read now");
assert.equal(read["1,5 h"], 15 * HOUR, "the comma is read now");
assert.ok(read["1:30"] < 2 && read["2-3 days"] === 72 * HOUR + 2, "they are refused now");
JS
node look.mjs
