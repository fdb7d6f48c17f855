#!/usr/bin/env bash
# subsrt-ts (npm) turns SubRip into MicroDVD (.sub), whose times are numbers of frames, and the other way.
# Expected: second 1 is frame 25 ({25}{50}), at the 25 frames a second that the library takes unless told otherwise.
# Happens: frame 25000; frame 25 of a file of others is read as one millisecond. It multiplies milliseconds by frames.
# Matters: pysubs2 and players show the first caption after seventeen minutes; a film's captions all come in its first seconds.
# Source: pysubs2's and pycaption's reading of the format ({first frame}{last frame}text); the README of subsrt-ts (option fps,
#   frames per second); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node subsrt-ts@2.1.2
with_python pysubs2==1.8.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import subsrt from "subsrt-ts";

const talk = "1\n00:00:01,000 --> 00:00:02,000\nThe rent is due.\n\n";
const written = subsrt.convert(talk, { format: "sub", fps: 25 });
const read = subsrt.convert("{25}{50}The rent is due.\n", { format: "srt", fps: 25 });
console.log(JSON.stringify([written, read]));
fs.writeFileSync("talk.sub", written);
assert.equal(written.trim(), "{25000}{50000}The rent is due.", "frames are written now");
assert.match(read, /00:00:00,001 --> 00:00:00,002/, "frames are read now");
JS
node look.mjs
cat > look.py <<'PY'
import pysubs2

other = [pysubs2.SSAFile.from_string("{25}{50}Due\n", fps=25)[0].start, pysubs2.load("talk.sub", fps=25)[0].start]
print("pysubs2, in milliseconds:", other)
assert other == [1000, 1_000_000]
PY
python look.py
