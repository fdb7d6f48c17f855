#!/usr/bin/env bash
# httpx-sse reads a stream of events whose server sends "event: ping" or "retry: 3000" alone now and then, to keep the line open.
# Expected: only the events with data: the standard says that an event without a data line is not given to the program, and browsers and
#   sseclient-py do so.
# Happens: an event for each of them, with empty data; the one of "retry" is called "message", as the real ones. event.json() fails on it.
# Matters: clients of models and of the Model Context Protocol stand on this package; a loop that reads JSON from each message ends at
#   the first sign of life of its server, or takes it for an empty answer.
# Source: HTML standard, 9.2.6 (an empty data buffer ends the dispatch); httpx-sse's issue 35 and its open pull request 36; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python httpx-sse==0.4.3 httpx==0.28.1 sseclient-py==1.9.0
cat > look.py <<'PY'
import httpx
import sseclient
from httpx_sse import connect_sse

STREAM = b'retry: 3000\n\ndata: {"text": "a"}\n\nevent: ping\n\ndata: {"text": "b"}\n\n'


def answer(request):
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=STREAM)


with httpx.Client(transport=httpx.MockTransport(answer)) as client:
    with connect_sse(client, "GET", "http://localhost/") as source:
        seen = [(event.event, event.data) for event in source.iter_sse()]
other = [(event.event, event.data) for event in sseclient.SSEClient([STREAM]).events()]
print(seen, other, sep="\n")
assert other == [("message", '{"text": "a"}'), ("message", '{"text": "b"}')]
assert [event for event in seen if not event[1]] == [("message", ""), ("ping", "")], "events without data are left out now"
PY
python look.py
