#!/usr/bin/env bash
# subtitle (npm) reads WebVTT in which a cue has a name ("intro"), and files with a block for style or a region.
# Expected: the cues, as webvtt-py gives them: names of cues are any text without an arrow, styles and regions belong to the format.
# Happens: each of these refuses the whole file ("expected timestamp at row 3, but received …"). Names that are numbers are read.
# Matters: captions of Zoom and Teams name their cues by long ids, and those of video tools begin with a style; of such a talk nothing
#   at all is found.
# Source: W3C WebVTT, 4.1 (a cue identifier, STYLE and REGION blocks); subtitle's README (reads SRT and WebVTT); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node subtitle@4.2.2
with_python webvtt-py==0.6.0
cat > look.js <<'JS'
const assert = require("node:assert");
const { writeFileSync } = require("node:fs");
const { parseSync } = require("subtitle");

const CUE = "00:01.000 --> 00:04.000\nThe rent is 950\n";
const files = {
    plain: `WEBVTT\n\n${CUE}`,
    numbered: `WEBVTT\n\n1\n${CUE}`,
    named: `WEBVTT\n\nintro\n${CUE}`,
    styled: `WEBVTT\n\nSTYLE\n::cue { color: white }\n\n${CUE}`,
    region: `WEBVTT\n\nREGION\nid:low\n\n${CUE}`,
};
const tried = (text) => {
    try {
        return parseSync(text).filter((part) => part.type === "cue").map((part) => part.data.text).join();
    } catch (error) {
        return error.message;
    }
};
const seen = {};
for (const [name, text] of Object.entries(files)) {
    writeFileSync(`${name}.vtt`, text);
    seen[name] = tried(text);
}
console.log(seen);
assert.deepEqual([seen.plain, seen.numbered], ["The rent is 950", "The rent is 950"]);
for (const [name, word] of [["named", "intro"], ["styled", "STYLE"], ["region", "REGION"]]) {
    assert.equal(seen[name], `expected timestamp at row 3, but received: "${word}"`, `${name} is read now`);
}
JS
node look.js
cat > look.py <<'PY'
import webvtt

NAMES = ("plain", "numbered", "named", "styled", "region")
seen = [[cue.text for cue in webvtt.read(f"{name}.vtt")] for name in NAMES]
print("webvtt-py", seen)
assert seen == [["The rent is 950"]] * len(NAMES), seen
PY
python look.py
