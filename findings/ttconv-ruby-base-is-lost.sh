#!/usr/bin/env bash
# ttconv reads WebVTT in Japanese whose characters have readings (<ruby>漢<rt>かん</rt></ruby>字), and writes SubRip.
# Expected: the characters; the readings beside them or left out, as SubRip has no place for them.
# Happens: both are gone, the character and its reading: "字を読む。".
# Matters: the rare words and names, which have readings for being hard, are missing in what is shown, searched and
#   translated.
# Source: WebVTT, 4.2.2 (ruby: text, and <rt> its annotation); pycaption keeps the character; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python ttconv==1.2.3 pycaption==2.3.14
cat > look.py <<'PY'
import io

import ttconv.srt.writer, ttconv.vtt.reader
from pycaption import SRTWriter, WebVTTReader

TALK = "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>かん</rt></ruby>字を<b>読</b>む。\n"
seen = ttconv.srt.writer.from_model(ttconv.vtt.reader.to_model(io.StringIO(TALK))).split("\n")[2]
other = SRTWriter().write(WebVTTReader().read(TALK)).split("\n")[2]
print("ttconv:", seen, "pycaption:", other)
assert "漢" in other and "字を" in other
assert seen == "字を<b>読</b>む。", "the base is kept now"
PY
python look.py
