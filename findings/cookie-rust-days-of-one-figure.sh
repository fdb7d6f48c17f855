#!/usr/bin/env bash
# cookie (Rust) reads a cookie whose end is written with a day of one figure: Expires=Wed, 9 Jun 2027 10:18:14 GMT.
# Expected: that time, as with 09, and as tough-cookie (npm) reads it: readers of cookies take one figure or two.
# Happens: no end at all, and no error: the cookie counts as one that ends with the session.
# Matters: a login that is kept for a month is forgotten at the next start, if it ends in the first nine days of a month.
# Source: RFC 6265, 5.1.1 (day-of-month = 1*2DIGIT); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node tough-cookie@6.1.0
node --input-type=module - <<'JS'
import assert from "node:assert";
import { Cookie } from "tough-cookie";

const seen = Cookie.parse("id=7; Expires=Wed, 9 Jun 2027 10:18:14 GMT").expires;
console.log("tough-cookie", seen);
assert.equal(seen.toISOString(), "2027-06-09T10:18:14.000Z");
JS
with_rust 'cookie = "=0.18.2"' <<'RS'
fn end(day: &str) -> Option<String> {
    let cookie = cookie::Cookie::parse(format!("id=7; Expires=Wed, {day} Jun 2027 10:18:14 GMT")).unwrap();
    let end = cookie.expires_datetime().map(|time| time.to_string());
    println!("cookie, day {day}: {end:?}");
    end
}

fn main() {
    assert!(end("09").is_some_and(|time| time.starts_with("2027-06-09 10:18:14")));
    assert_eq!(end("9"), None, "one figure is read now");
}
RS
