#!/usr/bin/env bash
# A client reads an answer from a WebSocket, message by message, with "async for"; the server fails in the middle and
#   closes with 1011 (internal error), or with 4000 of its own.
# Expected: an exception, as the websockets package raises it (ConnectionClosedError), or as aiohttp raises one for a
#   broken body of HTTP.
# Happens: in aiohttp the loop ends as after 1000 (normal closure). Only close_code tells.
# Matters: half an answer, or half a list of events, is taken for all of it. websockets itself ends its loop without an
#   error at 1001, with which servers close when they are restarted.
# Source: RFC 6455, 7.4.1 (1000 is normal, 1011 an unexpected condition); aiohttp's documentation of
#   ClientWebSocketResponse; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python aiohttp==3.14.5 websockets==17.4
cat > look.py <<'PY'
import asyncio

import aiohttp
import websockets


async def by_websockets(address):
    try:
        async with websockets.connect(address) as socket:
            return [message async for message in socket]
    except websockets.ConnectionClosedError:
        return "error"


async def by_aiohttp(address):
    async with aiohttp.ClientSession() as client, client.ws_connect(address) as socket:
        return [message.data async for message in socket], socket.close_code, socket.exception()


async def read(code):
    async def answer(socket):
        await socket.send("You need not pay")
        await socket.close(code)

    async with websockets.serve(answer, "127.0.0.1", 0) as server:
        address = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return await by_websockets(address), await by_aiohttp(address)


seen = {code: asyncio.run(read(code)) for code in (1000, 1001, 1011, 4000)}
print(seen)
half = ["You need not pay"]
assert [seen[code][0] for code in seen] == [half, half, "error", "error"], seen
assert [seen[code][1] for code in seen] == [(half, code, None) for code in seen], "aiohttp raises an error now"
PY
python look.py
