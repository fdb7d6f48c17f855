#!/usr/bin/env bash
# The eventsource package of npm and sseclient-py read a stream in which only the first of two events has an id.
# Expected: the second event has the id of the first: an id holds until another one comes, as in browsers, in the
#   EventSource of Node itself and in httpx-sse.
# Happens: lastEventId of the second event is empty (eventsource) or None (sseclient-py), although eventsource asks
#   with "Last-Event-ID: 7" when it connects again.
# Matters: a client that notes lastEventId of the newest event, to go on from there after a restart, forgets its place
#   and gets the whole answer again, or none of it.
# Source: HTML Living Standard, 9.2.6 (the last event ID buffer is not reset); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node eventsource@4.1.1
with_python sseclient-py==1.9.0 httpx-sse==0.4.3 httpx==0.28.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import http from "node:http";
import { EventSource } from "eventsource";

const asked = [];
const server = http.createServer((request, response) => {
    asked.push(request.headers["last-event-id"]);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end("retry: 50\nid: 7\ndata: one\n\ndata: two\n\n");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const source = new EventSource(`http://127.0.0.1:${server.address().port}/`);
const got = [];
await new Promise((enough) => {
    source.onmessage = (event) => got.push([event.data, event.lastEventId]) === 3 && enough();
});
source.close();
server.closeAllConnections();
server.close();
console.log("eventsource", JSON.stringify(got.slice(0, 3)), "asked again with", asked[1]);
assert.equal(asked[1], "7");
assert.deepEqual(got.slice(0, 2), [["one", "7"], ["two", ""]], "the id holds now");
JS
cat > look.py <<'PY'
import httpx
import httpx_sse
import sseclient

STREAM = b"id: 7\ndata: one\n\ndata: two\n\n"
plain = [(event.data, event.id) for event in sseclient.SSEClient(iter([STREAM])).events()]
answer = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=STREAM)
other = [(event.data, event.id) for event in httpx_sse.EventSource(answer).iter_sse()]
print("sseclient-py", plain, "httpx-sse", other)
assert other == [("one", "7"), ("two", "7")], other
assert plain == [("one", "7"), ("two", None)], "the id holds now"
PY
node look.mjs
python look.py
