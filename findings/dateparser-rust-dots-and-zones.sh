#!/usr/bin/env bash
# dateparser (Rust) reads dates with dots, as Germans, Poles and many others write them, "05.03.2024", and a time with a zone
#   by its letters, "2024-03-05 10:30 CET".
# Expected: 5 March: with dots the day comes first wherever dates are written so; and 09:30 UTC, or an error for an unknown
#   zone.
# Happens: 3 May, while "13.03.2024" is an error; and 10:30 UTC: the zone is taken and means nothing, while EST is five hours.
# Matters: two thirds of the dates of a list are errors and the rest are wrong by months; times are off by an hour.
# Source: the crate's README, whose list has dates with dots with the month first; its zones are PST, UTC and offsets; CLDR
#   (dates in numbers of de, pl, nb, ru); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'chrono = "=0.4.45"' 'dateparser = "=0.3.1"' <<'RS'
fn main() {
    let read = |text| dateparser::parse_with_timezone(text, &chrono::Utc).map(|time| time.to_rfc3339()).unwrap_or_default();
    let days = ["05.03.2024", "13.03.2024"].map(|text| read(text).split('T').next().unwrap_or_default().to_string());
    let times = ["2024-03-05 10:30 EST", "2024-03-05 10:30 CET", "2024-03-05 10:30 CEST"].map(read);
    println!("{days:?} {times:?}");
    assert_eq!(days, ["2024-05-03", ""], "days come first now");
    assert_eq!(times, ["2024-03-05T15:30:00+00:00", "2024-03-05T10:30:00+00:00", "2024-03-05T10:30:00+00:00"], "zones are read now");
}
RS
