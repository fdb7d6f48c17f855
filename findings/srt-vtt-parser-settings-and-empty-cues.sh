#!/usr/bin/env bash
# @plussub/srt-vtt-parser reads WebVTT with times in minutes and settings behind them (00:03.500 align:start), and a SubRip
#   file with a cue that says nothing.
# Expected: the times of all cues; for the cue without words an empty text.
# Happens: with align:start the end of a cue is NaN, with line:10% it is minute 5; and the number, the times and the words
#   of the cue after an empty one are taken for the text of the empty one.
# Matters: what is shown when cannot be found any more, and transcripts hold lines such as "00:00:03,000 --> 00:00:04,000"
#   as words.
# Source: WebVTT, 4.1 (hours may be left out; settings follow the end time); webvtt-py and the subtitle package read both;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @plussub/srt-vtt-parser@2.0.5 subtitle@4.2.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parse } from "@plussub/srt-vtt-parser";
import subtitle from "subtitle";

const first = "00:01.000 --> 00:03.500 align:start position:0%\nRent is due";
const captions = `WEBVTT\n\n${first}\n\n00:04.000 --> 00:05.000 line:10%\nsoon\n`;
const subtitles = "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nRent is due\n";
const cues = (text) =>
  subtitle.parseSync(text).filter((node) => node.type === "cue").map(({ data }) => [data.start, data.end, data.text]);
const [right, seen] = [cues(captions), parse(captions).entries.map((cue) => [cue.from, cue.to, cue.text])];
const empty = parse(subtitles).entries.map((cue) => [cue.from, cue.to, cue.text]);
console.log(right, seen, cues(subtitles), empty);
assert.deepEqual(right, [[1000, 3500, "Rent is due"], [4000, 5000, "soon"]]);
assert.deepEqual(seen, [[1000, NaN, "Rent is due"], [4000, 300010, "soon"]], "settings are passed over now");
assert.deepEqual(empty, [[1000, 2000, "\n2\n00:00:03,000 --> 00:00:04,000\nRent is due"]], "the cues are apart now");
JS
node look.mjs
