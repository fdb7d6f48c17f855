#!/usr/bin/env bash
# Starlette (FastAPI) takes a file named 12" pipe.pdf from a form, as browsers, fetch, httpx and requests send it:
#   filename="12%22 pipe.pdf".
# Expected: the name of the file: the standard for forms says how the mark is escaped, and formidable of npm undoes it.
# Happens: 12%22 pipe.pdf: the escape stays. So it does in a name with a line end (%0A).
# Matters: drawings and parts have inches in their names; the listed name is not the file's, and a second upload from a
#   program that sends \" makes another document.
# Source: HTML Standard, 4.10.22.8 (in names of fields and files, 0x22 is replaced by %22); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python httpx==0.28.1 starlette==1.10.0 python-multipart==0.0.34
with_node formidable@3.5.4
cat > look.py <<'PY'
import asyncio

import httpx
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def upload(request):
    return PlainTextResponse((await request.form())["file"].filename)


async def look():
    app = Starlette(routes=[Route("/", upload, methods=["POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://look") as client:
        return (await client.post("/", files={"file": ('12" pipe.pdf', b"x")})).text


seen = asyncio.run(look())
print("Starlette", seen)
assert seen == "12%22 pipe.pdf", "the escape is undone now"
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import formidable from "formidable";
import http from "node:http";

const server = http.createServer(async (request, response) => {
    const [, files] = await formidable({}).parse(request);
    response.end(files.file[0].originalFilename);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const form = new FormData();
form.append("file", new Blob(["x"]), '12" pipe.pdf');
const seen = await (await fetch(`http://127.0.0.1:${server.address().port}/`, { method: "POST", body: form })).text();
console.log("formidable", seen);
server.closeAllConnections();
server.close();
assert.equal(seen, '12" pipe.pdf');
JS
python look.py
node look.mjs
