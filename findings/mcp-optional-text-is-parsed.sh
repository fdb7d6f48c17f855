#!/usr/bin/env bash
# A tool of the Python SDK of the Model Context Protocol has an argument of the type str | None.
# Expected: every text comes to the tool as it is: the schema that the SDK itself publishes allows a string or null, and
#   an argument of the type str is left alone.
# Happens: text that is JSON of an object or a list is parsed first and then refused for not being a string, and the
#   text "null" becomes None.
# Matters: tools that take a snippet, a query or a file's content as optional text fail on just those that are JSON.
# Source: MCP specification 2025-11-25, server/tools (arguments follow inputSchema); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mcp==2.3.0
cat > look.py <<'PY'
import asyncio
import logging

from mcp import Client
from mcp.server.mcpserver import MCPServer

logging.disable()
server = MCPServer("notes")


@server.tool()
def keep(always: str, perhaps: str | None = "none given") -> str:
    return f"{always!r} and {perhaps!r}"


async def look():
    seen = {}
    async with Client(server) as client:
        print("schema of perhaps:", (await client.list_tools()).tools[0].input_schema["properties"]["perhaps"])
        for text in ("plain", "12", '{"a": 1}', "[1, 2]", "null"):
            answer = await client.call_tool("keep", {"always": text, "perhaps": text})
            seen[text] = "refused" if answer.is_error else answer.content[0].text
            print(f"{text:<9}", seen[text])
    return seen


seen = asyncio.run(look())
assert seen["plain"] == "'plain' and 'plain'" and seen["12"] == "'12' and '12'", seen
assert seen['{"a": 1}'] == seen["[1, 2]"] == "refused", "JSON is left as text now"
assert seen["null"] == "'null' and None", "null is left as text now"
PY
python look.py
