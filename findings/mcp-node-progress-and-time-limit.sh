#!/usr/bin/env bash
# A client of the TypeScript SDK of the Model Context Protocol calls a slow tool that reports its progress; the call has a
#   limit of half a second and the option resetTimeoutOnProgress.
# Expected: the call goes on as long as reports come: that is what the option says.
# Happens: "Request timed out": unless the call also has a function for reports (onprogress), it asks the server for none,
#   and the limit (60 seconds unless given) runs from the start. With the function, even an empty one, the call ends well.
# Matters: indexing, research and long searches fail after a minute in clients that set the option for just this; on the
#   server all seems to work.
# Source: Model Context Protocol, progress (a request asks for it with a progressToken) and timeouts (may be reset by
#   progress); the SDK's documentation of RequestOptions; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @modelcontextprotocol/sdk@1.32.2 zod@4.6.7
cat > look.mjs <<'JS'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import assert from "node:assert";

const server = new McpServer({ name: "look", version: "1" });
const client = new Client({ name: "look", version: "1" });
server.registerTool("slow", { inputSchema: {} }, async (_, { _meta, sendNotification }) => {
    for (let progress = 1; progress <= 10; progress++) {
        await new Promise((later) => setTimeout(later, 100));
        const params = { progressToken: _meta?.progressToken, progress };
        if (params.progressToken !== undefined) await sendNotification({ method: "notifications/progress", params });
    }
    return { content: [{ type: "text", text: "done" }] };
});
const [one, other] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(one), client.connect(other)]);
const call = (options) =>
    client.callTool({ name: "slow", arguments: {} }, undefined, { timeout: 500, resetTimeoutOnProgress: true, ...options }).then(
        (result) => result.content[0].text,
        (error) => error.message,
    );
const seen = [await call({ onprogress: () => {} }), await call({})];
console.log(seen);
await client.close();
assert.equal(seen[0], "done");
assert.match(seen[1], /Request timed out/, "the option asks for reports now");
JS
node look.mjs
