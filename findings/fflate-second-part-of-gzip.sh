#!/usr/bin/env bash
# fflate (npm) unpacks a gzip file of two parts, as cat a.gz b.gz, logs that are added to, and bgzip make it.
# Expected: both parts, as gzip, Node's zlib and pako give them: a file is a row of parts, read one after the other.
# Happens: the first part only: fflate's gunzipSync and decompressSync; no error, the rest is passed over.
#   Its stream (Gunzip) gives both.
# Matters: of a log or a table all that was added later is missing; a shorter text looks whole.
# Source: RFC 1952, 2.2 (a file has one or more members); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node fflate@0.8.3 pako@3.0.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import zlib from "node:zlib";
import { decompressSync, Gunzip, gunzipSync } from "fflate";
import { ungzip } from "pako";

const file = Buffer.concat(["Monday\n", "Tuesday\n"].map((text) => zlib.gzipSync(text)));
const words = (bytes) => Buffer.from(bytes).toString().split("\n").slice(0, -1);
const stream = new Gunzip(), pieces = [];
stream.ondata = (piece) => pieces.push(Buffer.from(piece));
stream.push(file, true);
const seen = { zlib: words(zlib.gunzipSync(file)), stream: words(Buffer.concat(pieces)), gunzipSync: words(gunzipSync(file)) };
Object.assign(seen, { decompressSync: words(decompressSync(file)), pako: words(ungzip(file)) });
console.log(seen);
for (const name of ["zlib", "stream", "pako"]) assert.deepEqual(seen[name], ["Monday", "Tuesday"]);
for (const name of ["gunzipSync", "decompressSync"]) assert.deepEqual(seen[name], ["Monday"], "all parts are read now");
JS
node look.mjs
