"""The official Python client, driven by lines of JSON on standard input; what it hears goes to standard output.

The same operations as ../js/client.mjs.
"""

import asyncio
import json
import sys
import time
import urllib.parse

import socketio


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Operations:
    def __init__(self):
        self.socket = socketio.AsyncClient(reconnection=False)

    def listen(self):
        def on(event, told):
            self.socket.on(event, told, namespace=self.namespace)

        on("connect", self.connected)
        on("disconnect", lambda reason: say({"is": "disconnected", "reason": reason}))
        on("connect_error", lambda data: say({"is": "refused", "reason": str(data)}))
        on("*", lambda event, *args: say({"is": "event", "event": event, "args": args}))

    def connected(self):
        say({"is": "connected", "transport": self.socket.transport()})

    async def connect(self, url, transports, auth=None, headers=None):
        # As in the other client, the path of the address is the namespace.
        parts = urllib.parse.urlsplit(url)
        self.namespace = parts.path or "/"
        self.listen()
        server = parts._replace(path="/").geturl()
        try:
            await self.socket.connect(
                server, transports=transports, auth=auth, headers=headers or {}, namespaces=[self.namespace]
            )
        except socketio.exceptions.ConnectionError as error:
            say({"is": "refused", "reason": str(error)})

    async def emit(self, event, args, ack=None):
        def answered(*answer):
            say({"is": "ack", "ack": ack, "args": answer})

        # A tuple is sent as several arguments, an empty one as none.
        callback = None if ack is None else answered
        await self.socket.emit(event, tuple(args), callback=callback, namespace=self.namespace)

    async def bytes(self, event, ack=None):
        await self.emit(event, [{"chat_id": b"\x01\x02\x03"}], ack)

    async def stall(self, ms):
        time.sleep(ms / 1000)  # the whole loop stands still: nothing is read
        say({"is": "awake"})

    async def close(self):
        await self.socket.disconnect()


async def main():
    operations = Operations()
    lines = asyncio.StreamReader(limit=2**26)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        wanted = json.loads(line)
        await getattr(operations, wanted.pop("op"))(**wanted)


asyncio.run(main())
