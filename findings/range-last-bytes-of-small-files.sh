#!/usr/bin/env bash
# Express, Werkzeug and WebOb serve a file of 100 bytes; a reader of ZIP or PDF asks for its last 200 ("Range: bytes=-200"), where such
#   files keep their contents.
# Expected: the whole file, as 206: who asks for more from the end than there is gets all. Starlette does so.
# Happens: 416 (range not satisfiable): the start would be before the file's first byte, and such ranges are refused.
# Matters: readers that fetch the last 64 KiB first fail at just the small files, in tests and with short documents.
# Source: RFC 9110, 14.1.2 (if the representation is shorter than the suffix length, the entire representation is used); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node express@5.3.0 range-parser@1.3.0
with_python werkzeug==3.1.9 webob==1.8.11 starlette==1.10.0 httpx==0.28.1
head -c 100 /dev/zero > file.bin
cat > look.mjs <<'JS'
import assert from "node:assert";
import express from "express";
import rangeParser from "range-parser";

const app = express().use(express.static(".")).use((error, request, response, next) => response.sendStatus(error.status));
const server = await new Promise((ready) => { const made = app.listen(0, "127.0.0.1", () => ready(made)); });
const address = `http://127.0.0.1:${server.address().port}/file.bin`;
const ask = async (range) => (await fetch(address, { headers: { range } })).status;
const seen = [await ask("bytes=-10"), await ask("bytes=-100"), await ask("bytes=-200")];
console.log("Express", seen, "range-parser", rangeParser(100, "bytes=-200"));
server.closeAllConnections();
server.close();
assert.deepEqual(seen, [206, 206, 416], "Express gives all now");
JS
node look.mjs
cat > look.py <<'PY'
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from webob import Request as WebobRequest
from webob.static import FileApp
from werkzeug.test import Client
from werkzeug.utils import send_file
from werkzeug.wrappers import Request

starlette = TestClient(Starlette(routes=[Mount("/", StaticFiles(directory="."))]))
werkzeug = Client(Request.application(lambda request: send_file("file.bin", request.environ, conditional=True)))
seen = {"starlette": [], "werkzeug": [], "webob": []}
for asked in ("bytes=-10", "bytes=-100", "bytes=-200"):
    headers = {"range": asked}
    seen["starlette"].append(starlette.get("/file.bin", headers=headers).status_code)
    seen["werkzeug"].append(werkzeug.get("/", headers=headers).status_code)
    seen["webob"].append(WebobRequest.blank("/", headers=headers).get_response(FileApp("file.bin")).status_int)
print(seen)
assert seen["starlette"] == [206, 206, 206]
assert seen["werkzeug"] == seen["webob"] == [206, 206, 416], "they give all now"
PY
python -W ignore look.py
