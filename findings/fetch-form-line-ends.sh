#!/usr/bin/env bash
# fetch of Node (and of browsers) sends a text of two lines as a field of a form (FormData); httpx sends the same one.
# Expected: the server gets the text, sign by sign, as it does from httpx and from a file in the same form.
# Happens: each line end is sent as CR LF: the text is longer by one for each line, and has another hash. A file (Blob) is
#   left alone.
# Matters: offsets of passages and citations that the server gives do not fit the client's text: they drift by one a line;
#   a check for "has it changed" always says yes. Send texts as files or as JSON.
# Source: HTML Standard, 4.10.22.8 (line ends in names and values are replaced by CR LF); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node busboy@1.6.0
with_python httpx==0.28.1
cat > server.mjs <<'JS'
import busboy from "busboy";
import http from "node:http";

const server = http.createServer((request, response) => {
    const seen = {};
    const form = busboy({ headers: request.headers });
    form.on("field", (name, value) => (seen[name] = value));
    form.on("file", (name, stream) => stream.setEncoding("utf8").on("data", (text) => (seen[name] = (seen[name] ?? "") + text)));
    form.on("close", () => response.end(JSON.stringify(seen)));
    request.pipe(form);
});
server.listen(0, "127.0.0.1", async () => {
    const address = `http://127.0.0.1:${server.address().port}/`;
    const form = new FormData();
    form.append("text", "first\nsecond");
    form.append("file", new Blob(["first\nsecond"]), "text.txt");
    const node = await (await fetch(address, { method: "POST", body: form })).json();
    const { execFile } = await import("node:child_process");
    execFile("python", ["send.py", address], (error, output) => {
        console.log(JSON.stringify(node), output.trim());
        const right = { text: "first\nsecond", file: "first\nsecond" };
        const held = JSON.stringify(JSON.parse(output)) === JSON.stringify(right) && node.file === right.file;
        process.exit(held && node.text === "first\r\nsecond" ? 0 : 1);
    });
});
JS
cat > send.py <<'PY'
import sys

import httpx

print(httpx.post(sys.argv[1], data={"text": "first\nsecond"}, files={"file": ("text.txt", b"first\nsecond")}).text)
PY
node server.mjs
