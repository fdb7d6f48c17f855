#!/usr/bin/env bash
# pysrt gives the text of subtitles without tags (text_without_tags).
# Expected: <b> and <i> go, all else stays: SubRip has no escapes, so "<" and ">" in a sentence are written as they are.
# Happens: all from the first "<" to the next ">" goes, blanks, figures and words alike: "keep it < 6 bar and the flow > 3 l" is
#   "keep it  3 l".
# Matters: from talks on medicine and engineering just the limits are missing, and what is left is a sentence that says another
#   thing.
# Source: pysrt's documentation of text_without_tags (removes HTML-like tags); HTML Standard, 13.2.5.6 (a tag begins with a letter
#   right behind "<"); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pysrt==1.1.2
cat > look.py <<'PY'
import pysrt

SUBTITLES = "1\n00:00:01,000 --> 00:00:03,000\n<b>Please</b> keep it < 6 bar and the flow > 3 l\n"
item = pysrt.from_string(SUBTITLES)[0]
print(item.text, "->", item.text_without_tags)
assert "< 6 bar and the flow > 3 l" in item.text
assert item.text_without_tags == "Please keep it  3 l", "only tags are taken out now"
PY
python look.py
