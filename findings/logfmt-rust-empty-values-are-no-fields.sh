#!/usr/bin/env bash
# logfmt (Rust) reads lines with an empty value: user= status=500 and user="" status=500.
# Expected: a user who is empty, and status 500, as logfmt of npm gives them (null for the first).
# Happens: the status alone: a key whose value is empty is dropped, though one without an equals sign and one at the end of the
#   line stay.
# Matters: which requests had no user cannot be asked: that the field was empty and that there was none is the same, but only
#   where it is not the last.
# Source: logfmt of npm, run below; the crate's own answer at the end of a line; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node logfmt@1.4.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { parse } = require("logfmt");

const lines = ["user= status=500", 'user="" status=500', "status=500 user="];
const seen = lines.map((line) => JSON.stringify(parse(line)));
console.log(seen);
assert.deepEqual(seen, ['{"user":null,"status":"500"}', '{"user":"","status":"500"}', '{"status":"500","user":null}']);
JS
node look.cjs
with_rust 'logfmt = "=0.0.2"' <<'RS'
fn read(line: &str) -> Vec<(String, Option<String>)> {
    let pairs = logfmt::parse(line).into_iter().map(|pair| (pair.key, pair.val)).collect();
    println!("{line}\n  {pairs:?}");
    pairs
}

fn main() {
    let pair = |key: &str, value: &str| (key.to_string(), Some(value.to_string()));
    assert_eq!(read("user=anna status=500"), [pair("user", "anna"), pair("status", "500")]);
    assert_eq!(read("user status=500")[0].0, "user");
    assert_eq!(read("status=500 user="), [pair("status", "500"), pair("user", "")]);
    assert_eq!(read("user= status=500"), [pair("status", "500")], "empty values are kept now");
    assert_eq!(read(r#"user="" status=500"#), [pair("status", "500")], "empty values are kept now");
}
RS
