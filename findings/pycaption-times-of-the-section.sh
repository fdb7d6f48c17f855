#!/usr/bin/env bash
# pycaption reads TTML (DFXP) whose captions stand in a section that begins after an hour: <div begin="3600s">, and <p
#   begin="1s"> in it; and a paragraph whose two words have times of their own.
# Expected: an hour and one second; and a word after the other: times count from the begin of what an element stands in.
# Happens: one second: the times of body and div are passed over. Both words are there from the first moment on.
# Matters: captions of the second hour are laid over the first one; citations by time lead to another place of the talk.
# Source: TTML2, 12.2 (begin: of the parent's time, if it is a "par" container, as is usual); ttconv reads it so; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python pycaption==2.3.14 ttconv==1.2.3 lxml==6.1.3
cat > look.py <<'PY'
import warnings
from xml.etree import ElementTree

import ttconv.imsc.reader, ttconv.srt.writer
from pycaption import DFXPReader, SRTWriter

warnings.simplefilter("ignore")
HEAD = '<head><layout><region xml:id="r"/></layout></head>'
FIRST = '<div begin="3600s" end="3700s"><p begin="1s" end="3s">The rent is due.</p></div>'
WORDS = '<div><p begin="1s" end="6s"><span begin="0s" end="2s">One</span> <span begin="2s" end="4s">Two</span></p></div>'


def read(body):
    text = f'<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en">{HEAD}<body region="r">{body}</body></tt>'
    tree = ElementTree.ElementTree(ElementTree.fromstring(text))
    right = ttconv.srt.writer.from_model(ttconv.imsc.reader.to_model(tree))
    return right, SRTWriter().write(DFXPReader().read(text))


for right, seen in (read(FIRST), read(WORDS)):
    print("ttconv:", repr(right), "pycaption:", repr(seen))
assert read(FIRST)[0].split("\n")[1] == "01:00:01,000 --> 01:00:03,000"
assert read(FIRST)[1].split("\n")[1] == "00:00:01,000 --> 00:00:03,000", "the section's time counts now"
assert read(WORDS)[0].count("-->") == 2 and read(WORDS)[1].split("\n")[2] == "One Two", "words have times now"
PY
python look.py
