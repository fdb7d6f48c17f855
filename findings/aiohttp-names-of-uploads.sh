#!/usr/bin/env bash
# An aiohttp client sends a file named "lease (1).pdf" in a form (FormData) to a Starlette server; httpx sends the same
#   one.
# Expected: the server sees the name: blanks, brackets and letters need no escape in a quoted filename.
# Happens: aiohttp escapes all but plain letters and digits, as in a URL: the server sees "lease%20%281%29.pdf", and
#   "%C3%9Cbersicht.pdf" for "Übersicht.pdf". Servers do not undo it, since the standard for forms has no such escapes.
#   quote_fields=False sends names as they are.
# Matters: documents are listed, cited and searched under names full of percent signs, if they came from a Python service.
# Source: RFC 7578, 4.2 (filename is as it is; no percent-encoding in RFC 5987's form); HTML Standard, 4.10.22.8 (only the
#   quotation mark and line ends are escaped); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python aiohttp==3.14.5 httpx==0.28.1 starlette==1.10.0 python-multipart==0.0.34 uvicorn==0.54.0
cat > look.py <<'PY'
import asyncio

import aiohttp
import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def upload(request):
    return PlainTextResponse((await request.form())["file"].filename)


async def by_aiohttp(address, name, **options):
    form = aiohttp.FormData(**options)
    form.add_field("file", b"x", filename=name)
    async with aiohttp.ClientSession() as client, client.post(address, data=form) as answer:
        return await answer.text()


async def look():
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=[Route("/", upload, methods=["POST"])]), port=0, log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    seen = []
    for name in ("lease (1).pdf", "Übersicht.pdf"):
        async with httpx.AsyncClient() as client:
            other = (await client.post(address, files={"file": (name, b"x")})).text
        seen.append((other, await by_aiohttp(address, name, quote_fields=False), await by_aiohttp(address, name)))
    server.should_exit = True
    await serving
    return seen


seen = asyncio.run(look())
print(seen)
assert [names[0] for names in seen] == [names[1] for names in seen] == ["lease (1).pdf", "Übersicht.pdf"], seen
assert [names[2] for names in seen] == ["lease%20%281%29.pdf", "%C3%9Cbersicht.pdf"], "names arrive as they are now"
PY
python look.py
