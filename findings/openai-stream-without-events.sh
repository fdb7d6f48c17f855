#!/usr/bin/env bash
# The official clients of OpenAI, in Python and JavaScript, ask a compatible server for a streamed answer; a gateway on the way answers
#   with 200 and the whole answer as JSON, as those do that cannot stream, or with its login page.
# Expected: an error: a stream of events was asked for and the Content-Type says that there is none; EventSource of browsers
#   gives up on it.
# Happens: a stream with no chunks and no error: lines that are no fields of events are passed over, and so all are.
# Matters: the chat shows an empty answer, which is kept as the model's, and the text that was there and paid for is dropped; nothing in
#   the logs points to the gateway.
# Source: HTML standard, 9.2.3 (a type other than text/event-stream fails the connection); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python openai==3.57.0
with_node openai@6.49.0
cat > serve.py <<'PY'
import http.server
import json

WHOLE = {"id": "1", "object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Berth 4."}}]}
ANSWERS = {"json": ("application/json", json.dumps(WHOLE)), "page": ("text/html", "<html><title>Log in</title></html>")}


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        kind, body = ANSWERS[self.path.split("/")[1]]
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
print(server.server_address[1], flush=True)
server.serve_forever()
PY
python serve.py > port &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
cat > look.py <<'PY'
import sys

import openai

for kind in ("json", "page"):
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{sys.argv[1]}/{kind}", api_key="none", max_retries=0)
    chunks = list(client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Where?"}], stream=True))
    print("Python", kind, chunks)
    assert chunks == [], "the answer is read, or refused, now"
PY
python look.py "$(cat port)"
cat > look.mjs <<'JS'
import assert from "node:assert";
import OpenAI from "openai";

for (const kind of ["json", "page"]) {
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${process.argv[2]}/${kind}`, apiKey: "none", maxRetries: 0 });
  const chunks = [];
  const stream = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: "Where?" }], stream: true });
  for await (const chunk of stream) chunks.push(chunk);
  console.log("JavaScript", kind, chunks);
  assert.deepEqual(chunks, [], "the answer is read, or refused, now");
}
JS
node look.mjs "$(cat port)"
