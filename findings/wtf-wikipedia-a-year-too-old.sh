#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of a page of a wiki with an age: {{age|1990|5|6|2024|5|5}}, on the day before the birthday.
# Expected: 33, as the page shows it: the years that are full.
# Happens: 34, from 27 April on: a year counts as 365 days, so that each leap year brings the birthday a day nearer.
# Matters: each year people are a year too old for a week or two, and those who died shortly before a birthday are for good.
# Source: Wikipedia's documentation of Template:Age (full years between two days); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const age = (until) => wtf(`She was {{age|1990|5|6|${until}}} then.`).text();
const seen = [age("2024|5|6"), age("2024|4|26"), age("2024|4|28"), age("2024|5|5")];
console.log(seen);
assert.deepEqual(seen.slice(0, 2), ["She was 34 then.", "She was 33 then."]);
assert.deepEqual(seen.slice(2), ["She was 34 then.", "She was 34 then."], "years are full now");
JS
node look.mjs
