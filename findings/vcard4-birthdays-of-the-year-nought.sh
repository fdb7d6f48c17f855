#!/usr/bin/env bash
# vcard4 (Rust) reads cards of version 4.0 whose birthdays have no year, BDAY:--0506, and writes them again; one has a year.
# Expected: BDAY:--0506, as it was: the standard has this form for just that, and phones write it.
# Happens: BDAY:00000506: the sixth of May of the year 0. A birthday with its year comes out as it was.
# Matters: an address book that goes through the library has people of two thousand years; calendars show their age.
# Source: RFC 6350, 4.3.1 and 6.2.5 (dates without a year: --MMDD); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'vcard4 = "=0.7.3"' <<'RS'
fn again(birthday: &str) -> String {
    let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Smith\r\nBDAY:{birthday}\r\nEND:VCARD\r\n");
    let written = vcard4::parse(card.as_str()).unwrap()[0].to_string();
    written.lines().find(|line| line.starts_with("BDAY")).unwrap().to_string()
}

fn main() {
    let seen = [again("19900506"), again("--0506")];
    println!("{seen:?}");
    assert_eq!(seen[0], "BDAY:19900506");
    assert_eq!(seen[1], "BDAY:00000506", "no year is no year now");
}
RS
