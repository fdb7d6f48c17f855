#!/usr/bin/env bash
# duration-str (Rust) reads a time limit of "1h30", as people write an hour and a half.
# Expected: 90 minutes, or an error, as humantime gives: "1h30m" is 90 minutes.
# Happens: one hour and thirty seconds: a number without a unit counts as seconds, behind hours as well. "2d12" is two days and twelve
#   seconds.
# Matters: limits and intervals of settings files are accepted and half an hour too short.
# Source: what humantime does; duration-str's README says that seconds are the default unit, its examples are sums (3m+31); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_rust 'duration-str = { version = "=0.21.0", default-features = false }' 'humantime = "=2.4.0"' <<'RS'
fn main() {
    let seconds = |text| duration_str::parse(text).unwrap().as_secs();
    let seen = ["1h30m", "1h30", "2d12"].map(seconds);
    let other = ["1h30m", "1h30"].map(|text| humantime::parse_duration(text).ok().map(|time| time.as_secs()));
    println!("{seen:?} {other:?}");
    assert_eq!(other, [Some(5400), None]);
    assert_eq!(seen[0], 5400);
    assert_eq!(seen[1..], [3630, 172812], "the number is minutes or refused now");
}
RS
