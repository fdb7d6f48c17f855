#!/usr/bin/env bash
# pycaption turns SubRip into WebVTT and DFXP; a word is in italics, <i>rent</i>.
# Expected: italics there as well, or the words alone: WebVTT has the same tags, and pycaption reads and writes them.
# Happens: "The &lt;i>rent&lt;/i>": the tags of SubRip count as words and are escaped, so that a viewer sees "<i>" and "</i>".
#   Italics of DFXP do come out as tags in WebVTT.
# Matters: SubRip with italics is the most common file there is (names of ships and films, voices off screen); the signs are
#   shown on screen and get into text that is searched.
# Source: WebVTT, 4.2.2 (i and b are tags there too); pysubs2 and ttconv, which read these tags of SubRip as marks; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pycaption==2.3.14 pysubs2==1.8.1
cat > look.py <<'PY'
import pysubs2
from pycaption import SRTReader, WebVTTReader, WebVTTWriter

TALK = "1\n00:00:01,000 --> 00:00:02,000\nThe <i>rent</i> is due.\n\n"
seen = WebVTTWriter().write(SRTReader().read(TALK)).split("\n")[3]
other = pysubs2.SSAFile.from_string(TALK).to_string("vtt").strip().split("\n")[-1]
text = WebVTTReader().read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{seen}\n").get_captions("en-US")[0].get_text()
print("pycaption:", seen, "read again:", text, "pysubs2:", other)
assert other == "The <i>rent</i> is due."
assert seen == "The &lt;i>rent&lt;/i> is due." and text == "The <i>rent</i> is due.", "tags are marks now"
PY
python look.py
