#!/usr/bin/env bash
# pysubs2 reads WebVTT whose cues have names, as editors and exports of meetings write them, and SubRip with words in braces.
# Expected: the words of each cue; a name before the times is none of them; and "{laughs}" or "{a, b}", since SubRip knows no
#   braces.
# Happens: the name of a cue is the last line of the one before it: "The rent is due.", "intro-2"; and plaintext has no
#   "{laughs}".
# Matters: transcripts have names of files, ids and numbers in mid-speech; code and sets in braces are missing from subtitles
#   of lectures.
# Source: WebVTT, 4.1 (cue identifiers); pysubs2's documentation (plaintext: without tags of SubStation); webvtt-py reads the
#   names apart; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pysubs2==1.8.1 webvtt-py==0.6.0
cat > look.py <<'PY'
import io
import pysubs2, webvtt

TALK = "WEBVTT\n\nintro-1\n00:01.000 --> 00:02.000\nThe rent is due.\n\nintro-2\n00:03.000 --> 00:04.000\nOn the 5th.\n"
lines = [event.plaintext for event in pysubs2.SSAFile.from_string(TALK, format_="vtt")]
captions = [(caption.identifier, caption.text) for caption in webvtt.from_buffer(io.StringIO(TALK))]
braces = pysubs2.SSAFile.from_string("1\n00:00:01,000 --> 00:00:02,000\nThe set {a, b} is open. {laughs}\n")[0].plaintext
print(lines, captions, repr(braces))
assert captions == [("intro-1", "The rent is due."), ("intro-2", "On the 5th.")]
assert lines[0].split("\n") == ["The rent is due.", "", "intro-2"] and lines[1] == "On the 5th.", "names are set apart now"
assert braces.strip() == "The set  is open.", "braces are kept now"
PY
python look.py
