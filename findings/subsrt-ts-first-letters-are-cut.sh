#!/usr/bin/env bash
# subsrt-ts (npm) reads subtitles in the format of Aegisub and ffmpeg (ASS), and those that it wrote itself.
# Expected: each line's words: "1984", "Rent, 950", as ass-compiler and pysubs2 read them.
# Happens: the first sign is missing: "984", "ent, 950": one is skipped behind the last comma, as if a blank stood there.
# Matters: numbers lose their first figure, and each line of a film its first letter; converting and back does it.
# Source: the fields of a line "Dialogue" as ffmpeg and Aegisub write them (no blank before the text); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node subsrt-ts@2.1.2 ass-compiler@0.1.16
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parse } from "ass-compiler";
import subsrt from "subsrt-ts";

const TALK = "1\n00:00:01,000 --> 00:00:02,000\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\nRent, 950\n\n";
const written = subsrt.convert(TALK, { format: "ass" });
const right = parse(written).events.dialogue.map((line) => line.Text.combined);
const seen = subsrt.parse(written).filter((part) => part.type === "caption").map((caption) => caption.text);
console.log("ass-compiler:", right, "subsrt-ts:", seen);
assert.deepEqual(right, ["1984", "Rent, 950"]);
assert.deepEqual(seen, ["984", "ent, 950"], "first signs are kept now");
JS
node look.mjs
