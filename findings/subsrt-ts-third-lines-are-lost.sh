#!/usr/bin/env bash
# subsrt-ts (npm) turns SubRip with a caption of three lines into MicroDVD (.sub), which writes a caption in one line.
# Expected: {…}{…}Rent: 950|due 5 March|at noon: a bar stands for each line end.
# Happens: only the first line end becomes a bar; "at noon" stands on a line of its own, without times, and is gone for what
#   reads the file, subsrt-ts as well.
# Matters: two people and a line of song, or a list, make three lines; words are lost on the way there and back.
# Source: pysubs2, which writes a bar for each line end; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node subsrt-ts@2.1.2
with_python pysubs2==1.8.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import subsrt from "subsrt-ts";

const talk = "1\n00:00:01,000 --> 00:00:02,000\nRent: 950\ndue 5 March\nat noon\n\n";
const written = subsrt.convert(talk, { format: "sub" });
fs.writeFileSync("talk.srt", talk);
fs.writeFileSync("talk.sub", written);
const again = subsrt.parse(written).map((caption) => caption.text);
console.log(JSON.stringify([written, again]));
assert.ok(written.endsWith("Rent: 950|due 5 March\r\nat noon\r\n"), "each line end is a bar now");
assert.deepEqual(again, ["Rent: 950\r\ndue 5 March"]);
JS
node look.mjs
cat > look.py <<'PY'
import pysubs2

right, seen = pysubs2.load("talk.srt").to_string("microdvd", fps=25), pysubs2.load("talk.sub", fps=25)
print("pysubs2:", repr(right), [event.plaintext for event in seen])
assert right.strip().endswith("Rent: 950|due 5 March|at noon")
assert [event.plaintext for event in seen] == ["Rent: 950\ndue 5 March"]
PY
python look.py
