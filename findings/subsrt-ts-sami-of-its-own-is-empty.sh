#!/usr/bin/env bash
# subsrt-ts (npm) writes subtitles as SAMI (.smi), the captions of Windows, and reads them again.
# Expected: the two captions: both ways are among the formats that it converts.
# Happens: none: the list is empty, without an error. pycaption finds both in the same file.
# Matters: a folder of such captions becomes files without a word.
# Source: the README of subsrt-ts (formats to read and write: smi); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node subsrt-ts@2.1.2
with_python pycaption==2.3.14
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import subsrt from "subsrt-ts";

const talk = "1\n00:00:01,000 --> 00:00:02,000\nThe rent is due.\n\n2\n00:00:03,000 --> 00:00:04,000\nOn the 5th.\n\n";
const written = subsrt.convert(talk, { format: "smi" });
fs.writeFileSync("talk.smi", written);
const again = subsrt.parse(written).filter((part) => part.type === "caption");
console.log(subsrt.detect(written), again, JSON.stringify(subsrt.convert(written, { format: "srt" })));
assert.equal(subsrt.detect(written), "smi");
assert.deepEqual(again, [], "its captions are read now");
JS
node look.mjs
cat > look.py <<'PY'
import warnings

from pycaption import SAMIReader

warnings.simplefilter("ignore")
captions = SAMIReader().read(open("talk.smi", encoding="utf-8").read())
texts = [caption.get_text().strip() for caption in captions.get_captions(captions.get_languages()[0])]
print("pycaption:", texts)
assert texts == ["The rent is due.", "On the 5th."]
PY
python look.py
