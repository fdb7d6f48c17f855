"""python relay.py SOCKET: python-socketio in uvicorn, with the part of Docent's main door that benches/sockets.rs uses: a client
joins the room of a project, and hears what is written to it. Events come in over standard input, one JSON value a line;
the address is the first line of output."""

import asyncio
import json
import sys

import socketio
import uvicorn

server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")


@server.event
async def connect(sid, environ):
    await server.emit("connected", {"sid": sid}, to=sid)


@server.event
async def join_project(sid, data):
    await server.enter_room(sid, f"project:{data['project_id']}")
    await server.emit("project_joined", data, to=sid)


async def relay():
    """Every line of standard input to the room of project 1."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async for line in reader:
        await server.emit("document_updated", json.loads(line), room="project:1")


async def main():
    config = uvicorn.Config(socketio.ASGIApp(server), host="127.0.0.1", port=0, log_level="warning", ws_max_size=2**20)
    http = uvicorn.Server(config)
    serving = asyncio.create_task(http.serve())
    while not http.started:
        await asyncio.sleep(0.01)
    port = http.servers[0].sockets[0].getsockname()[1]
    print(f"ws://127.0.0.1:{port}", flush=True)
    relaying = asyncio.create_task(relay())
    await serving
    relaying.cancel()


asyncio.run(main())
