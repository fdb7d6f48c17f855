#!/usr/bin/env bash
# sirv (npm), which serves the files of Vite's preview and SvelteKit, is asked for the last ten bytes of a file: "Range: bytes=-10".
# Expected: the last ten bytes, as Express gives them; or the whole file, as servers without ranges do.
# Happens: the first eleven, as 206 with "Content-Range: bytes 0-10/100": the missing start is read as zero.
# Matters: readers of ZIP, PDF, Parquet and video ask for the end first, and get bytes of the beginning; those who do not look at
#   Content-Range take them for the end.
# Source: RFC 9110, 14.1.2 (bytes=-500 are the final 500 bytes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node sirv@3.0.2 express@5.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import http from "node:http";
import express from "express";
import sirv from "sirv";

fs.writeFileSync("file.txt", "begin-----".padEnd(90, ".") + "-------end");
const ask = async (serve, range) => {
    const server = http.createServer(serve);
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/file.txt`, { headers: { range } });
    const seen = [answer.status, answer.headers.get("content-range"), await answer.text()];
    server.closeAllConnections();
    server.close();
    return seen;
};
const withSirv = sirv("."), withExpress = express().use(express.static("."));
console.log("Express", await ask(withExpress, "bytes=-10"), "sirv", await ask(withSirv, "bytes=-10"));
assert.deepEqual(await ask(withExpress, "bytes=-10"), [206, "bytes 90-99/100", "-------end"]);
assert.deepEqual(await ask(withSirv, "bytes=90-99"), [206, "bytes 90-99/100", "-------end"]);
assert.deepEqual(await ask(withSirv, "bytes=-10"), [206, "bytes 0-10/100", "begin-----."], "the last bytes come now");
JS
node look.mjs
