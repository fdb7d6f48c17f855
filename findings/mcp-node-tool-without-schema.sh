#!/usr/bin/env bash
# A tool of the TypeScript SDK of the Model Context Protocol is registered without an inputSchema; a client calls it with
#   arguments.
# Expected: the function's first parameter holds the arguments, as it does with a schema; without any they are {}.
# Happens: it holds the SDK's own object (signal, sessionId, sendNotification and so on), and the arguments are dropped.
#   With an empty schema, inputSchema: {}, the first parameter is {}.
# Matters: args.query is undefined instead of an error, or the whole object is written to a log; adding or taking off the
#   schema changes what the parameters are.
# Source: Model Context Protocol, tools (arguments of tools/call); the SDK's documentation of registerTool; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node @modelcontextprotocol/sdk@1.32.2 zod@4.6.7
cat > look.mjs <<'JS'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import assert from "node:assert";
import { z } from "zod";

const server = new McpServer({ name: "look", version: "1" });
const client = new Client({ name: "look", version: "1" });
const tool = async (args) => ({ content: [{ type: "text", text: JSON.stringify(Object.keys(args)) }] });
server.registerTool("with", { inputSchema: { query: z.string() } }, tool);
server.registerTool("without", {}, tool);
const [one, other] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(one), client.connect(other)]);
const seen = {};
for (const name of ["with", "without"]) {
    seen[name] = JSON.parse((await client.callTool({ name, arguments: { query: "rent" } })).content[0].text);
}
console.log(seen);
await client.close();
assert.deepEqual(seen.with, ["query"]);
assert.ok(seen.without.includes("signal") && !seen.without.includes("query"), "the arguments come first now");
JS
node look.mjs
