#!/usr/bin/env bash
# numbro writes seconds as hours, minutes and seconds (output: "time"), some of them negative: 90 seconds behind, an hour and a
#   half owed.
# Expected: -0:01:30 and -1:30:00: the sign before the same figures as of the positive number.
# Happens: -1:58:30 and -2:30:00: hours and minutes are rounded down, so all but full hours are wrong; a second less than nothing is
#   -1:59:59.
# Matters: balances of working time, delays and offsets of subtitles are up to an hour off; each looks like a time.
# Source: numbro's documentation (formats of time); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node numbro@2.5.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import numbro from "numbro";

const seen = [90, -90, 5400, -5400, -3600].map((seconds) => numbro(seconds).format({ output: "time" }));
console.log(seen);
assert.deepEqual([seen[0], seen[2], seen[4]], ["0:01:30", "1:30:00", "-1:00:00"]);
assert.deepEqual([seen[1], seen[3]], ["-1:58:30", "-2:30:00"], "negative times are right now");
JS
node look.mjs
