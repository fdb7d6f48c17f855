#!/usr/bin/env bash
# logfmt (Rust) reads the line path="C:\\logs\\" status=500 user=anna, as loggers of Go write a folder of Windows.
# Expected: the path C:\logs\, status 500, user anna, as logfmt of npm (1.4.0) has them.
# Happens: one pair: the path is C:\logs" status=500 user=anna, the rest of the line: of two backslashes the second is taken to
#   escape the mark behind it. With a letter behind the backslashes the fields are there.
# Matters: status and user are gone, just for the lines whose text ends in a backslash; no count or alarm sees them.
# Source: Go's strconv.Quote (a backslash is written as two), which loggers of Go use; the same value in JSON, which escapes it
#   alike; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'logfmt = "=0.0.2"' <<'RS'
fn read(line: &str) -> Vec<(String, Option<String>)> {
    let pairs = logfmt::parse(line).into_iter().map(|pair| (pair.key, pair.val)).collect();
    println!("{line}\n  {pairs:?}");
    pairs
}

fn main() {
    let keys = |line| read(line).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    assert_eq!(keys(r#"path="C:\\logs\\a" status=500 user=anna"#), ["path", "status", "user"]);
    assert_eq!(keys(r#"note="say \"hi\"" status=500 user=anna"#), ["note", "status", "user"]);
    let seen = read(r#"path="C:\\logs\\" status=500 user=anna"#);
    let eaten = r#"C:\logs" status=500 user=anna"#.to_string();
    assert_eq!(seen, [("path".to_string(), Some(eaten))], "the fields behind are read now");
}
RS
