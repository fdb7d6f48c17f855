#!/usr/bin/env bash
# Starlette (FastAPI) sends a file with FileResponse; the client asks again with the ETag that it got (If-None-Match).
# Expected: 304 and no body: the response has an ETag and Last-Modified, and the same class looks at Range and If-Range.
# Happens: 200 and the whole file, each time. Only StaticFiles answers 304.
# Matters: pages of documents are fetched anew at each view, although all that is needed for the cache is sent; nothing
#   looks wrong.
# Source: RFC 9110, 13.1.2 (if the tag matches, a server must not perform the method; for GET it answers 304) and 13.2.1;
#   Starlette's documentation of FileResponse; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python httpx==0.28.1 starlette==1.10.0
cat > look.py <<'PY'
import asyncio
import pathlib

import httpx
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

pathlib.Path("files").mkdir()
pathlib.Path("files/page.txt").write_text("0123456789")


async def page(request):
    return FileResponse("files/page.txt")


async def look():
    app = Starlette(routes=[Route("/page", page), Mount("/files", StaticFiles(directory="files"))])
    seen = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://look") as client:
        for address in ("/files/page.txt", "/page"):
            tag = (await client.get(address)).headers["etag"]
            again = await client.get(address, headers={"if-none-match": tag})
            seen.append((again.status_code, len(again.content)))
        seen.append((await client.get("/page", headers={"range": "bytes=0-4", "if-range": tag})).status_code)
    return seen


seen = asyncio.run(look())
print(seen)
assert seen[0] == (304, 0) and seen[2] == 206, seen
assert seen[1] == (200, 10), "FileResponse answers 304 now"
PY
python look.py
