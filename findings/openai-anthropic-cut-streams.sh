#!/usr/bin/env bash
# The official Python clients of OpenAI and Anthropic read a streamed answer whose server stops in the middle: a worker
#   behind a proxy is restarted, and the proxy ends the response properly.
# Expected: an error: a stream of OpenAI's ends with "data: [DONE]" after a finish_reason, one of Anthropic's with
#   message_stop; here neither has come.
# Happens: the loop ends as after a whole answer, and Anthropic's get_final_message() returns the half as the final
#   message. Only finish_reason and stop_reason, which stay None, tell.
# Matters: half an answer ("You need not pay" of "You need not pay if …") is shown, stored and cached as an answer. Check
#   that a reason has come.
# Source: OpenAI's API reference, stream (terminated by a data: [DONE] message); Anthropic's documentation of streaming (a
#   final message_stop event); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python openai==3.57.0 anthropic==2.14.0
cat > look.py <<'PY'
import http.server
import json
import threading

import anthropic
import openai

CHUNK = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
CHUNK["choices"] = [{"index": 0, "delta": {"content": "You need not pay"}, "finish_reason": None}]
MESSAGE = {"id": "x", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": None}
EVENTS = [
    {"type": "message_start", "message": {**MESSAGE, "usage": {"input_tokens": 1, "output_tokens": 1}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "You need not pay"}},
]


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        events = EVENTS if self.path.endswith("/messages") else [CHUNK]
        body = "".join(f"event: {e['type']}\ndata: {json.dumps(e)}\n\n" if "type" in e else f"data: {json.dumps(e)}\n\n" for e in events)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
question = [{"role": "user", "content": "Do I have to pay?"}]
chunks = list(openai.OpenAI(base_url=address + "/v1", api_key="k").chat.completions.create(model="m", messages=question, stream=True))
ended = chunks[-1].choices[0]
with anthropic.Anthropic(base_url=address, api_key="k").messages.stream(model="m", max_tokens=50, messages=question) as stream:
    final = stream.get_final_message()
print("OpenAI", ended.delta.content, ended.finish_reason, "Anthropic", final.content[0].text, final.stop_reason)
assert (ended.delta.content, ended.finish_reason) == ("You need not pay", None)
assert (final.content[0].text, final.stop_reason) == ("You need not pay", None)
PY
python look.py
