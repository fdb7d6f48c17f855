#!/usr/bin/env bash
# sseclient-py reads a stream of events whose connection ends in the middle of one: "data: 12", without the blank line that
#   ends an event; the number was 1250.
# Expected: the whole events, and no other: the standard says that a block without its blank line is discarded at the end of the stream, and
#   httpx-sse and browsers do so.
# Happens: the half is given as an event like the others; where the data is a number or plain text, nothing shows that it is cut.
# Matters: answers of models are streamed as pieces of text, and progress as numbers; the last piece is wrong, and the loop ends as usual.
# Source: WHATWG HTML, 9.2.6 (an incomplete event at the end of the stream is not dispatched); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sseclient-py==1.9.0
cat > look.py <<'PY'
import sseclient


def read(*parts):
    return [(event.event, event.data) for event in sseclient.SSEClient(iter(parts)).events()]


whole = read(b"data: 1\n\n", b"event: total\ndata: 1250\n\n")
half = read(b"data: 1\n\n", b"event: total\ndata: 12")
lines = read(b"data: 1\n\n", b"data: first line\n")
print(whole, half, lines)
assert whole == [("message", "1"), ("total", "1250")]
assert half == [("message", "1"), ("total", "12")], "half events are discarded now"
assert lines == [("message", "1"), ("message", "first line")], "events without their end are discarded now"
PY
python look.py
