#!/usr/bin/env bash
# A tool of the Python SDK of the Model Context Protocol returns rows: [["Berth 4", 12], ["Berth 5"], ["Berth 6", 14]].
# Expected: the content that the client shows to its model has the rows, as JSON or one block a row; for a dict it is JSON.
# Happens: lists are opened to any depth: five blocks, "Berth 4", "12", "Berth 5", "Berth 6", "14". Nothing tells which
#   value belongs to which row. Without a return type there is no structured content beside it either, and an empty list is
#   no content at all.
# Matters: most clients give the content blocks to the model: of a table with gaps it gets the values in wrong pairs.
# Source: MCP specification 2025-11-25, server/tools (a tool with structured content should give the same as JSON text); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mcp==2.3.0
cat > look.py <<'PY'
import asyncio
import logging

from mcp import Client
from mcp.server.mcpserver import MCPServer

logging.disable(logging.INFO)
ROWS = [["Berth 4", 12], ["Berth 5"], ["Berth 6", 14]]
server = MCPServer("berths")


@server.tool()
def untyped():
    return ROWS


@server.tool()
def typed() -> list[list[str | int]]:
    return ROWS


@server.tool()
def named() -> dict[str, int]:
    return {"Berth 4": 12}


@server.tool()
def nothing() -> list[str]:
    return []


async def look():
    seen = {}
    async with Client(server) as client:
        for name in ("untyped", "typed", "named", "nothing"):
            result = await client.call_tool(name, {})
            seen[name] = [block.text for block in result.content], result.structured_content
    return seen


seen = asyncio.run(look())
print(seen)
flat = ["Berth 4", "12", "Berth 5", "Berth 6", "14"]
assert seen["named"][0][0].startswith("{")
assert seen["typed"] == (flat, {"result": ROWS}), "rows stay rows now"
assert seen["untyped"] == (flat, None), "rows stay rows now"
assert seen["nothing"][0] == [], seen["nothing"]
PY
python look.py
