"""A native WebSocket (Python's `websockets`), driven by lines of JSON on standard input like client.py.

A frame is reported as an event by the name of its `type`.
"""

import asyncio
import json
import sys
import time

import websockets


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Operations:
    async def connect(self, url, transports=None, auth=None, headers=None, subprotocols=None):
        url = url.replace("http://", "ws://", 1)
        try:
            self.socket = await websockets.connect(
                url, additional_headers=headers or {}, subprotocols=subprotocols, open_timeout=30, proxy=None
            )
        except websockets.exceptions.InvalidStatus as refused:
            say({"is": "refused", "reason": f"{refused.response.status_code} {refused.response.body.decode()}"})
            return
        say({"is": "connected", "subprotocol": self.socket.subprotocol})
        self.reading = asyncio.create_task(self.read())

    async def read(self):
        try:
            async for text in self.socket:
                frame = json.loads(text)
                say({"is": "event", "event": frame["type"], "args": [frame]})
        except websockets.exceptions.ConnectionClosedError:
            pass
        say({"is": "disconnected", "reason": f"{self.socket.close_code} {self.socket.close_reason}"})

    async def emit(self, event, args, ack=None):
        await self.socket.send(json.dumps(args[0]))

    async def raw(self, text):
        await self.socket.send(text)

    async def bytes(self, event, ack=None):
        await self.socket.send(b"\x01\x02\x03")

    async def stall(self, ms):
        time.sleep(ms / 1000)  # the whole loop stands still: nothing is read
        say({"is": "awake"})

    async def close(self):
        await self.socket.close()


async def main():
    operations = Operations()
    lines = asyncio.StreamReader(limit=2**26)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        wanted = json.loads(line)
        await getattr(operations, wanted.pop("op"))(**wanted)


asyncio.run(main())
