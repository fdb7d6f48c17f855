#!/usr/bin/env bash
# Microsoft's recognizers-text-date-time (npm) reads "hier soir" and "hier matin" (yesterday evening, yesterday morning) in French.
# Expected: a time of the day before: "hier" alone is the 13th on 14 January, "demain soir" is the 15th, and the Spanish "ayer por la
#   noche" the 13th.
# Happens: the evening and the morning of today, with begin and end: "hier" is taken into the find, and then does not count.
# Matters: reports of incidents and mails are dated a day late, the evening even into the future; only the part of the day is right.
# Source: README of Recognizers-Text (full support for French); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @microsoft/recognizers-text-date-time@1.3.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import times from "@microsoft/recognizers-text-date-time";

const NOW = new Date(2026, 0, 14, 12);
const day = (text, culture = "fr-fr") => {
    const [hit] = times.recognizeDateTime(text, culture, times.DateTimeOptions?.None, NOW);
    const [time] = hit.resolution.values;
    return `${hit.text}: ${time.value ?? time.start}`;
};
const right = [day("hier"), day("demain soir"), day("ayer por la noche", "es-es")];
const wrong = [day("hier soir"), day("hier matin")];
console.log(right, wrong);
assert.deepEqual(right, ["hier: 2026-01-13", "demain soir: 2026-01-15 16:00:00", "ayer por la noche: 2026-01-13 20:00:00"]);
assert.deepEqual(wrong, ["hier soir: 2026-01-14 16:00:00", "hier matin: 2026-01-14 08:00:00"], "yesterday counts now");
JS
TZ=UTC node look.mjs
