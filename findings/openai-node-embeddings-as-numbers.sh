#!/usr/bin/env bash
# The official JavaScript client of OpenAI asks a compatible server for embeddings.
# Expected: a server that answers with lists of numbers, as the API did first, is understood: the Python client takes
#   both forms.
# Happens: the client asks for base64 unless told otherwise and decodes whatever comes: a list of numbers is taken for
#   bytes, and the caller gets a vector of another length with values near zero, without an error.
# Matters: with a server that does not know encoding_format every vector is wrong, and similarity search returns
#   anything.
# Source: OpenAI API reference, embeddings, encoding_format (default: float); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node openai@6.49.0
cat > look.mjs <<'JS'
import http from "node:http";
import OpenAI from "openai";

const embedding = [0.5, -0.25, 1, 0.125];
const asked = [];
const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part)).on("end", () => {
        asked.push(JSON.parse(body).encoding_format);
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ object: "list", model: "m", usage: { prompt_tokens: 1, total_tokens: 1 },
            data: [{ object: "embedding", index: 0, embedding }] }));
    });
});
server.listen(0, "127.0.0.1", async () => {
    const client = new OpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${server.address().port}/v1` });
    const plain = (await client.embeddings.create({ model: "m", input: "x" })).data[0].embedding;
    const told = (await client.embeddings.create({ model: "m", input: "x", encoding_format: "float" })).data[0].embedding;
    server.close();
    console.log("asked for", asked, "got", plain, "when told", told);
    if (told.length !== 4 || told[0] !== 0.5) throw new Error("a float answer is changed, too");
    if (asked[0] !== "base64" || plain.length === 4) throw new Error("numbers are understood now");
});
JS
node look.mjs
