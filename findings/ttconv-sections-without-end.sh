#!/usr/bin/env bash
# ttconv, which converts subtitles in the formats of broadcasting, reads TTML with a section that begins after ten seconds
#   and does not say when it ends: <div begin="10s"><p begin="1s" end="3s">The rent is due.</p></div>.
# Expected: the caption from second 11 to 13: an end need not be given, the section then ends with what is in it.
# Happens: there is no caption at all, and no warning. With end="20s" at the section it is there.
# Matters: all captions of such a section are missing; the result is an empty or shorter file that looks valid.
# Source: TTML2, 12.2.1 to 12.2.3 (begin, dur and end are each optional) and its semantics of time, those of SMIL; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python ttconv==1.2.3
cat > look.py <<'PY'
from xml.etree import ElementTree

import ttconv.imsc.reader, ttconv.srt.writer


def read(times):
    body = f'<body region="r"><div {times}><p begin="1s" end="3s">The rent is due.</p></div></body>'
    head = '<head><layout><region xml:id="r"/></layout></head>'
    text = f'<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en">{head}{body}</tt>'
    model = ttconv.imsc.reader.to_model(ElementTree.ElementTree(ElementTree.fromstring(text)))
    return ttconv.srt.writer.from_model(model)


seen = [read(""), read('begin="10s" end="20s"'), read('begin="10s"')]
print(seen)
assert seen[0] == "1\n00:00:01,000 --> 00:00:03,000\nThe rent is due.\n"
assert seen[1] == "1\n00:00:11,000 --> 00:00:13,000\nThe rent is due.\n"
assert seen[2] == "", "the caption is there now"
PY
python look.py
