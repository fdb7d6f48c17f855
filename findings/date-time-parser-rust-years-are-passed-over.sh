#!/usr/bin/env bash
# date_time_parser (Rust) finds the date in a sentence: "The lease ends on March 5 2024", "on 5/3/2024", "on 2024-03-05".
# Expected: 5 March 2024 for the first; May or March of 2024 for the second; 5 March for the third, or none.
# Happens: 5 March of this year: beside a month's name the year is passed over, while in 5/3/2024 it is read; and none for the
#   third. "5 mar 10am" is 10 March: the hour is the day.
# Matters: ends of contracts that are over lie ahead, without an error; only dates of the current year are right.
# Source: the crate's documentation (dates in natural language, with examples of a month, a day and a year); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_rust 'date_time_parser = "=0.2.0"' 'chrono = "=0.4.45"' <<'RS'
use chrono::{Datelike, Local};
use date_time_parser::DateParser;

fn main() {
    let read = |text: &str| DateParser::parse(text).map(|day| (day.year(), day.month(), day.day()));
    let texts = ["The lease ends on March 5 2024", "The lease ends on 5/3/2024", "The lease ends on 2024-03-05", "5 mar 10am"];
    let seen = texts.map(read);
    println!("{seen:?}");
    let this_year = Local::now().year();
    assert_eq!(seen[1..3], [Some((2024, 5, 3)), None]);
    assert!(this_year != 2024 && seen[0].is_some_and(|day| day.0 >= this_year && (day.1, day.2) == (3, 5)), "years are read now");
    assert!(seen[3].is_some_and(|day| (day.1, day.2) == (3, 10)), "hours are no days now");
}
RS
