#!/usr/bin/env bash
# universal-cookie (and react-cookie on it) reads cookies that the server has set: session=12345678901234567890, etag=12345e67,
#   version=1.10, name=null.
# Expected: these texts: a cookie's value is a text, and the cookie package of npm gives it as it is.
# Happens: numbers and nothing: 12345678901234567000, 1.2345e+71, 1.1 and null: every value that happens to be JSON is read as JSON.
# Matters: an id of digits only, or of digits and one e, is another one when it is sent back or compared; it hits some users only.
# Source: RFC 6265 (cookie values are strings); the other package's behaviour, shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node universal-cookie@8.1.2 cookie@1.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parseCookie } from "cookie";
import Cookies from "universal-cookie";

const header = "session=12345678901234567890; etag=12345e67; version=1.10; name=null; room=00742; colour=12a45e67";
const seen = new Cookies(header).getAll(), plain = parseCookie(header);
console.log({ ...plain }, seen);
assert.equal(plain.session, "12345678901234567890");
assert.equal(seen.room, "00742");
assert.equal(seen.colour, "12a45e67");
assert.equal(String(seen.session), "12345678901234567000", "values stay texts now");
assert.deepEqual([seen.etag, seen.version, seen.name], [12345e67, 1.1, null], "values stay texts now");
JS
node look.mjs
