#!/usr/bin/env bash
# A server of the TypeScript SDK of the Model Context Protocol has two tools; one of them takes a date (z.coerce.date() of
#   zod).
# Expected: both are listed, the date as a string, or the SDK refuses it when the tool is registered.
# Happens: registering and calling work; tools/list fails as a whole: "Date cannot be represented in JSON Schema". No
#   client sees either tool. z.iso.date() does.
# Matters: a new tool, tested by its calls, takes all tools away from every client; the error is in the client's log, as
#   its server's.
# Source: zod's documentation of z.toJSONSchema (types that have no counterpart throw); Model Context Protocol, tools/list;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @modelcontextprotocol/sdk@1.32.2 zod@4.6.7
cat > look.mjs <<'JS'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import assert from "node:assert";
import { z } from "zod";

async function look(date) {
    const server = new McpServer({ name: "look", version: "1" });
    const client = new Client({ name: "look", version: "1" });
    const tool = async (args) => ({ content: [{ type: "text", text: JSON.stringify(args) }] });
    server.registerTool("search", { inputSchema: { query: z.string() } }, tool);
    server.registerTool("since", { inputSchema: { day: date } }, tool);
    const [one, other] = InMemoryTransport.createLinkedPair();
    await Promise.all([server.connect(one), client.connect(other)]);
    const called = (await client.callTool({ name: "since", arguments: { day: "2024-03-05" } })).content[0].text;
    const listed = await client.listTools().then((list) => list.tools.map((tool) => tool.name), (error) => error.message);
    await client.close();
    return { called, listed };
}
const [text, date] = [await look(z.iso.date()), await look(z.coerce.date())];
console.log(text, date);
assert.deepEqual(text.listed, ["search", "since"]);
assert.match(date.called, /2024-03-05T00:00:00/);
assert.match(String(date.listed), /Date cannot be represented/, "both tools are listed now");
JS
node look.mjs
