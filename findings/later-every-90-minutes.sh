#!/usr/bin/env bash
# @breejs/later, which plans the jobs of Bree, reads intervals in words: "every 90 minutes", "every 45 minutes", "every 36 hours".
# Expected: that far apart: 12:00, 13:30, 15:00. Where crontab cannot say it, a library whose words can should, or tell that
#   it cannot (error is a place in the text then).
# Happens: every hour; at :00 and :45, which is 45 and 15 minutes by turns; and every day. Intervals begin anew at each hour and
#   each day, and error says that all was understood.
# Matters: jobs that were planned with a pause run too often, or twice in a quarter of an hour; the words in the configuration
#   say something else.
# Source: later's documentation of its text parser (every n minutes, hours); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @breejs/later@4.2.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import later from "@breejs/later";

const START = new Date("2024-01-31T12:00:00Z");
const gaps = (text) => {
    const plan = later.parse.text(text);
    assert.equal(plan.error, -1, "the words are refused now");
    const times = later.schedule(plan).next(6, START).slice(1);
    return times.slice(1).map((time, at) => (time - times[at]) / 60_000);
};
const seen = Object.fromEntries(["30 minutes", "90 minutes", "45 minutes", "36 hours"].map((it) => [it, gaps(`every ${it}`)]));
console.log(JSON.stringify(seen));
assert.deepEqual(seen["30 minutes"], [30, 30, 30, 30]);
assert.deepEqual(seen["90 minutes"], [60, 60, 60, 60], "90 minutes are something else now");
assert.deepEqual(seen["45 minutes"], [15, 45, 15, 45], "45 minutes are something else now");
assert.deepEqual(seen["36 hours"], [1440, 1440, 1440, 1440], "36 hours are something else now");
JS
node look.mjs
