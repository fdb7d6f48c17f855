#!/usr/bin/env bash
# Microsoft's recognizers-text-date-time (npm) reads Spanish times before now: "la semana pasada", "el mes pasado", "el año pasado".
# Expected: the week, month and year before: "last week" gives 5 to 11 January on the 14th, and "la próxima semana" the week after.
# Happens: all three are the whole of the current month, January 2026, with begin and end; so is "la semana que viene" (next week).
# Matters: questions for last year's figures are answered from this month's, and nothing says that the words were not understood.
# Source: README of Recognizers-Text (full support for Spanish); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @microsoft/recognizers-text-date-time@1.3.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import times from "@microsoft/recognizers-text-date-time";

const NOW = new Date(2026, 0, 14, 12);
const range = (text, culture = "es-es") => {
    const [hit] = times.recognizeDateTime(text, culture, times.DateTimeOptions?.None, NOW);
    return [hit.text, hit.resolution.values[0].start, hit.resolution.values[0].end].join(" ");
};
const right = [range("last week", "en-us"), range("la próxima semana")];
const wrong = ["la semana pasada", "el mes pasado", "el año pasado", "la semana que viene"].map((text) => range(text));
console.log(right, wrong);
assert.deepEqual(right, ["last week 2026-01-05 2026-01-12", "la próxima semana 2026-01-19 2026-01-26"]);
for (const seen of wrong) assert(seen.endsWith(" 2026-01-01 2026-02-01"), "what is past is found now");
assert(wrong[2].startsWith("el año pasado "));
JS
TZ=UTC node look.mjs
