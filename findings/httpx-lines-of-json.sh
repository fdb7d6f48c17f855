#!/usr/bin/env bash
# httpx reads a stream of JSON lines (NDJSON) with iter_lines(), as clients of language models do.
# Expected: a line for each JSON value: what divides them is the line feed, and JSON texts may hold any other character.
# Happens: lines are cut at U+2028, U+2029 and U+0085 as well, which JSON allows in strings as they are, and which
#   JSON.stringify() of Node writes so: one value becomes two halves. requests cuts at line feeds and carriage returns only.
# Matters: text from Word, PDF and web pages has such characters; a client that got thousands of answers fails at one of them,
#   or loses it.
# Source: RFC 8259, 7 (only quotation mark, backslash and controls below U+0020 must be escaped); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python httpx==0.28.1 requests==2.34.2
cat > look.py <<'PY'
import http.server
import json
import threading

import httpx
import requests

VALUES = ["first\u2028line", "next\x85line", "plain"]
BODY = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in VALUES).encode()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "application/x-ndjson; charset=utf-8")
        self.send_header("content-length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"
with httpx.stream("GET", url) as answer:
    lines = list(answer.iter_lines())
other = [json.loads(line) for line in requests.get(url, stream=True).iter_lines()]
server.shutdown()
print(lines, other)
assert other == VALUES, other
assert lines == ['"first', 'line"', '"next', 'line"', '"plain"'], "lines end at line feeds now"
PY
python look.py
