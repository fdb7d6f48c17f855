"""The official `mcp` package as a client: `mcp_tools.py http URL [TOKEN]` or `mcp_tools.py stdio COMMAND ARGUMENTS…`.

Reads one JSON per line, `[tool, arguments]`, and prints one JSON per line: the tools first, then what each said.
"""

import asyncio
import contextlib
import json
import os
import sys

import httpx2
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client


@contextlib.asynccontextmanager
async def connected():
    kind, target, *rest = sys.argv[1:]
    if kind == "stdio":
        async with stdio_client(StdioServerParameters(command=target, args=rest, env=dict(os.environ))) as streams:
            yield streams
        return
    headers = {"Authorization": f"Bearer {rest[0]}"} if rest else {}
    async with httpx2.AsyncClient(headers=headers) as http:
        async with streamable_http_client(target, http_client=http) as streams:
            yield streams


async def main():
    wanted = [json.loads(line) for line in sys.stdin]
    async with connected() as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            greeting = await session.initialize()
            tools = (await session.list_tools()).tools
            named = {tool.name: sorted(tool.model_dump(by_alias=True)["inputSchema"]["properties"]) for tool in tools}
            print(json.dumps({"server": greeting.server_info.name, "tools": named}))
            for name, arguments in wanted:
                result = await session.call_tool(name, arguments)
                said = result.model_dump(by_alias=True)
                text = "".join(block["text"] for block in said["content"])
                print(json.dumps({"failed": said["isError"], "text": text, "data": said["structuredContent"]}))


asyncio.run(main())
