#!/usr/bin/env bash
# http-cache-semantics (which the caches of got and of npm stand on) is asked how long an answer with "Cache-Control: immutable" may be
#   kept, when the answer says nothing else.
# Expected: a day: that is what immutableMinTimeToLive is unless told otherwise, 24 hours in milliseconds; and an hour if told so.
# Happens: a thousand days, and 41 days for an hour: the milliseconds are taken as seconds.
# Matters: a page is not asked for again for almost three years; what was put right on the server is never seen by those who have it.
# Source: the package's README (immutableMinTimeToLive is a number of milliseconds; timeToLive gives milliseconds, maxAge seconds); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node http-cache-semantics@4.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import CachePolicy from "http-cache-semantics";

const request = { url: "/terms", method: "GET", headers: { host: "example.com" } };
const life = (control, options) =>
    new CachePolicy(request, { status: 200, headers: { "cache-control": control } }, options).timeToLive();
const hour = 3600 * 1000, day = 24 * hour;
const seen = [life("max-age=3600"), life("immutable"), life("immutable", { immutableMinTimeToLive: hour })];
console.log(seen, "in days:", seen.map((time) => time / day));
assert.equal(seen[0], hour);
assert.deepEqual(seen.slice(1), [1000 * day, 1000 * hour], "a day is a day now");
JS
node look.mjs
