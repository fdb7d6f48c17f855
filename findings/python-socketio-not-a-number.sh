#!/usr/bin/env bash
# A Python server (python-socketio) sends a score to a Socket.IO client in JavaScript; the score is NaN, as the similarity with an empty
#   vector or the mean of nothing is.
# Expected: null, as JavaScript's own server writes it, or an error in the Python program that sends it.
# Happens: emit() succeeds and NaN stands in the packet, which is no JSON: the client says "parse error" and drops the whole connection,
#   with all that was under way on it, and connects anew. So it is with infinity.
# Matters: one value in one message cuts off a chat; the cause is neither in the log of the server nor in the reason that the client
#   gives. json= takes a module that refuses such values.
# Source: RFC 8259, 6 (no NaN and no infinity in JSON); Python's json (allow_nan is on unless told otherwise); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python python-socketio==5.18.1 aiohttp==3.14.5
with_node socket.io-client@4.8.4
cat > serve.py <<'PY'
import asyncio
import math

import socketio
from aiohttp import web

server = socketio.AsyncServer(async_mode="aiohttp")
application = web.Application()
server.attach(application)


@server.event
async def score(sid, value):
    await server.emit("scored", {"score": math.nan if value is None else value}, to=sid)


async def main():
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.call_later(60, loop.stop)
loop.run_forever()
PY
python serve.py > port &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s port ] && break; sleep 0.2; done
cat > look.mjs <<'JS'
import assert from "node:assert";
import { io } from "socket.io-client";

const socket = io(`http://127.0.0.1:${process.argv[2]}`, { transports: ["websocket"], reconnection: false });
const seen = [];
socket.on("scored", (message) => seen.push(message.score));
const ended = new Promise((resolve) => socket.on("disconnect", resolve));
socket.emit("score", 0.5);
socket.emit("score", null);
const reason = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10000, "still connected"))]);
console.log(seen, reason);
assert.deepEqual(seen, [0.5]);
assert.equal(reason, "parse error", "NaN is no longer sent as it is");
process.exit(0);
JS
node look.mjs "$(cat port)"
