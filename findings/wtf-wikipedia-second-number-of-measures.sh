#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of a page of a wiki with measures of two numbers: {{convert|5|ft|6|in|cm}},
#   {{convert|5|by|6|m|ft}}, {{convert|5|or|6|m|ft}}.
# Expected: 5 ft 6 in, 5 by 6 m, 5 or 6 m, with or without the other unit; {{convert|5|to|6|m|ft}} is "5 to 6 m".
# Happens: "5 ft", "5 by", "5 or": the second number, and in two of them the unit, are left out.
# Matters: heights of people and sizes of rooms and ships are too small, or sentences end in "by".
# Source: Wikipedia's documentation of Template:Convert (by, or, x, and several units, beside "to"); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const MEASURES = ["5|to|6|m|ft", "5|ft|6|in|cm", "5|by|6|m|ft", "5|or|6|m|ft"];
const seen = MEASURES.map((measure) => wtf(`It is {{convert|${measure}}} long.`).text());
console.log(seen);
assert.equal(seen[0], "It is 5 to 6 m long.");
assert.deepEqual(seen.slice(1), ["It is 5 ft long.", "It is 5 by long.", "It is 5 or long."], "both numbers are kept now");
JS
node look.mjs
