#!/usr/bin/env bash
# pycaption turns subtitles (SubRip) into closed captions for television (SCC): "Müller", "Größe", "naïve".
# Expected: the words as they are: ü, ö, ß and ï are all among the characters of closed captions.
# Happens: "üller", "Göße", "nïve": such a letter takes the one before it away. In this format a decoder goes one place
#   back before it shows a letter of the extended set, so that a plain letter stands in front of it for old decoders; pycaption
#   writes no such letter. It reads its own file so, and ttconv takes as many away or more.
# Matters: names and words in German, Portuguese and French captions lose letters; English text with { or ~ does as well.
# Source: the extended characters of CEA-608 as pycaption's own reader and that of ttconv take them; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python pycaption==2.3.14 ttconv==1.2.3
cat > look.py <<'PY'
import ttconv.scc.reader, ttconv.srt.writer
from pycaption import SCCReader, SCCWriter, SRTReader, SRTWriter


def captions(text):
    return SCCWriter().write(SRTReader().read(f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n\n"))


def own(text):
    return SRTWriter().write(SCCReader().read(captions(text))).split("\n")[2]


def other(text):
    return ttconv.srt.writer.from_model(ttconv.scc.reader.to_model(captions(text))).split("\n")[2]


seen = {text: (own(text), other(text)) for text in ("Café, Año", "Müller", "Größe", "naïve")}
print(seen)
assert seen["Café, Año"] == ("Café, Año", "Café, Año")
assert seen["Müller"] == ("üller", "üller"), "the letter before is kept now"
assert seen["Größe"] == ("Göße", "Gße") and seen["naïve"] == ("nïve", "nïve"), seen
PY
python look.py
