#!/usr/bin/env bash
# chrono (chrono-node) looks for dates in "takes 2 to 3 weeks", "needs 4 to 6 people" and "pages 10 to 12".
# Expected: none, or a span of weeks for the first one: no hour and no date is named.
# Happens: each is a time of the day: from 2 to 3 o'clock, 4 to 6, 10 to 12, today. "2-3 weeks" and "3 weeks" are not.
# Matters: terms of delivery, numbers of people and pages of a text become appointments and filters by time.
# Source: chrono's README (parses mentions of dates and times, such as "5 to 7 p.m."); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node chrono-node@2.10.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as chrono from "chrono-node";

const NOON = new Date(2024, 4, 15, 12);
const found = (text) => chrono.parse(text, NOON).map((it) => [it.text, it.start.get("hour"), it.end?.get("hour")]);
const TEXTS = ["takes 2 to 3 weeks", "needs 4 to 6 people", "pages 10 to 12"];
const seen = TEXTS.map(found);
console.log(JSON.stringify(seen));
assert.deepEqual(found("takes 2-3 weeks"), []);
assert.deepEqual(seen, [[["2 to 3", 2, 3]], [["4 to 6", 4, 6]], [["10 to 12", 10, 12]]], "counts are no hours now");
JS
node look.mjs
