#!/usr/bin/env bash
# ttconv makes WebVTT of SubRip with signs in its text: "rent < 950 & fee > 20".
# Expected: "&lt;" and "&amp;" in the file: in WebVTT "<" begins a tag and "&" a character by its name.
# Happens: the signs are written as they are. A reader takes "< 950" for a tag: ttconv itself gives "rent & fee > 20".
#   pycaption writes the escapes and gets the sentence back.
# Matters: numbers, comparisons and code vanish from captions of lectures and courses.
# Source: WebVTT, 4.2.2 (cue text: no "<" and "&" but in tags and escapes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python ttconv==1.2.3 pycaption==2.3.14
cat > look.py <<'PY'
import io

import ttconv.srt.reader, ttconv.srt.writer, ttconv.vtt.reader, ttconv.vtt.writer
from pycaption import SRTReader, WebVTTReader, WebVTTWriter

TALK = "1\n00:00:01,000 --> 00:00:02,000\nrent < 950 & fee > 20\n\n"
written = ttconv.vtt.writer.from_model(ttconv.srt.reader.to_model(io.StringIO(TALK)))
again = ttconv.srt.writer.from_model(ttconv.vtt.reader.to_model(io.StringIO(written)))
other = WebVTTWriter().write(SRTReader().read(TALK))
print(repr(written), repr(again), repr(other), sep="\n")
assert "rent &lt; 950 &amp; fee > 20" in other
assert WebVTTReader().read(other).get_captions("en-US")[0].get_text() == "rent < 950 & fee > 20"
assert "rent < 950 & fee > 20" in written, "signs are escaped now"
assert "rent & fee > 20" in again, again
PY
python look.py
