#!/usr/bin/env bash
# formidable takes a form with three files, one of which is empty: a log of a quiet day, a placeholder.
# Expected: three files, one with size 0, as busboy, Starlette and browsers have it; an empty file is a file.
# Happens: the whole form is refused ("allowEmptyFiles is false, file size should be greater than 0"); the others are lost
#   with it. minFileSize: 0 does not do; allowEmptyFiles: true with it does.
# Matters: a folder is dropped onto the page and nothing of it arrives, for a file without a byte.
# Source: RFC 7578, 4 (a part may have any content); formidable's README (allowEmptyFiles, default false since version 3);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node formidable@3.5.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import formidable from "formidable";
import http from "node:http";

async function sent(options, contents) {
    const server = http.createServer(async (request, response) => {
        try {
            const [, files] = await formidable(options).parse(request);
            response.end(files.file.map((file) => file.size).sort().join());
        } catch (error) {
            response.end(error.message);
        }
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    const form = new FormData();
    contents.forEach((text, number) => form.append("file", new Blob([text]), `${number}.txt`));
    const seen = await (await fetch(`http://127.0.0.1:${server.address().port}/`, { method: "POST", body: form })).text();
    server.closeAllConnections();
    server.close();
    return seen;
}
const files = ["one", "", "three"];
const seen = [await sent({}, ["one", "three"]), await sent({ allowEmptyFiles: true, minFileSize: 0 }, files), await sent({}, files)];
console.log(seen);
assert.equal(seen[0], "3,5");
assert.equal(seen[1], "0,3,5");
assert.match(seen[2], /allowEmptyFiles is false/, "an empty file is a file now");
JS
node look.mjs
