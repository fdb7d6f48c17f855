#!/usr/bin/env bash
# chrono (Rust) reads a time of a log, "10:00:05.5", by a pattern as it is written for Python: "%H:%M:%S.%f".
# Expected: half a second, as Python's strptime has it, or an error.
# Happens: five nanoseconds: %f is a count of nanoseconds, and the figures behind the point are one; "05.500" gives 500 of
#   them. Half a second is read by "%S%.f". And "05.03.24" by "%d.%m.%Y" is a day of the year 24, where Python has an error.
# Matters: in silence events within a second get another order, and what is measured is too small by eight powers of ten.
# Source: chrono's table of specifiers (%f, %.f, %Y) and Python's; what was seen by this script.
. "$(dirname "$0")/lib.sh"
python3 -c 'from datetime import datetime as d; print("Python", d.strptime("10:00:05.5", "%H:%M:%S.%f").microsecond)'
with_rust 'chrono = "=0.4.45"' <<'RS'
use chrono::{NaiveDate, NaiveTime, Timelike};

fn main() {
    let read = |text, pattern| NaiveTime::parse_from_str(text, pattern).unwrap().nanosecond();
    let seen = [read("10:00:05.5", "%H:%M:%S.%f"), read("10:00:05.500", "%H:%M:%S.%f"), read("10:00:05.5", "%H:%M:%S%.f")];
    let day = NaiveDate::parse_from_str("05.03.24", "%d.%m.%Y").unwrap();
    println!("{seen:?} {day}");
    assert_eq!(seen, [5, 500, 500_000_000], "fractions are read now");
    assert_eq!(day, NaiveDate::from_ymd_opt(24, 3, 5).unwrap());
}
RS
