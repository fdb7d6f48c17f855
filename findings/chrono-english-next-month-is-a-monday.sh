#!/usr/bin/env bash
# chrono-english (Rust), which reads dates as GNU date does with -d, reads "next month", "last month" and "tomorrow 10pm" on
#   Wednesday 6 March 2024, at noon.
# Expected: a day in April and one in February, or an error, as for "next week" and "next year"; and ten in the evening.
# Happens: Monday 18 March and Monday 4 March: of "month" the first three letters count, and they are Monday's; the hour is
#   passed over: noon of the day after.
# Matters: "due next month" is due in twelve days, and "last month" is two days ago; all are dates that look right.
# Source: the crate's documentation (a weekday is known by its first three letters; "next friday 8pm" has its hour); GNU date
#   gives 6 April and 6 February; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'chrono = "=0.4.45"' 'chrono-english = "=0.2.1"' <<'RS'
use chrono::{TimeZone, Utc};
use chrono_english::{Dialect, parse_date_string};

fn main() {
    let now = Utc.with_ymd_and_hms(2024, 3, 6, 12, 0, 0).unwrap();
    let read = |text| parse_date_string(text, now, Dialect::Uk).map(|date| date.format("%a %e %b %H:%M").to_string()).ok();
    let seen = ["next week", "next month", "last month", "tomorrow 10pm"].map(read);
    println!("{seen:?}");
    let expected = [None, Some("Mon 18 Mar 00:00"), Some("Mon  4 Mar 00:00"), Some("Thu  7 Mar 12:00")];
    assert_eq!(seen, expected.map(|text| text.map(String::from)), "months and hours are read now");
}
RS
