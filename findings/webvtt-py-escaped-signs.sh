#!/usr/bin/env bash
# webvtt-py gives the text of captions (caption.text), in which & and < are escaped, as WebVTT wants it.
# Expected: the text as it is shown: "R&D: dose < 5 mg", since the tags are taken out there (raw_text has all).
# Happens: tags are taken out, the escapes stay: "R&amp;D: dose &lt; 5 mg".
# Matters: transcripts of meetings and lectures are indexed with "amp" and "lt" as words, and "R&D" is not found.
# Source: W3C, WebVTT, 4.2 and 6.4 (cue text: &amp;, &lt;, &gt;, &nbsp; stand for characters); webvtt-py's documentation of
#   text and raw_text; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python webvtt-py==0.6.0
cat > look.py <<'PY'
import webvtt

CUES = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anna>R&amp;D: <b>dose</b> &lt; 5 mg</v>\n"
text = webvtt.from_string(CUES)[0].text
print(text)
assert "<v" not in text and "<b>" not in text, text
assert text == "R&amp;D: dose &lt; 5 mg", "the escapes are read now"
PY
python look.py
