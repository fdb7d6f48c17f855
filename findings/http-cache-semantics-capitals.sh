#!/usr/bin/env bash
# http-cache-semantics (which the caches of got and of npm stand on) reads "Cache-Control: Max-Age=60" and "No-Cache, max-age=60".
# Expected: a minute; and to ask each time: names of directives may be written in capitals.
# Happens: nothing for the first, and the second is used for a minute without asking: only small letters are known.
# Matters: servers and proxies that write "No-Cache" are answered from what was kept, so a list stays as it was; those that write
#   "Max-Age" are asked again for each picture.
# Source: RFC 9111, 5.2 (cache directives are identified by a token, to be compared case-insensitively); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node http-cache-semantics@4.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import CachePolicy from "http-cache-semantics";

const request = { url: "/list", method: "GET", headers: { host: "example.com" } };
const look = (control) => {
    const policy = new CachePolicy(request, { status: 200, headers: { "cache-control": control } });
    const seen = [Math.round(policy.timeToLive() / 1000), policy.satisfiesWithoutRevalidation(request)];
    console.log(control, "- seconds:", seen[0], "used without asking:", seen[1]);
    return seen;
};
assert.deepEqual([look("max-age=60"), look("no-cache, max-age=60")], [[60, true], [0, false]]);
assert.deepEqual([look("Max-Age=60"), look("No-Cache, max-age=60")], [[0, false], [60, true]], "capitals are read now");
JS
node look.mjs
