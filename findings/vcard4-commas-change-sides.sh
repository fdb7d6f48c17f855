#!/usr/bin/env bash
# vcard4 (Rust) reads a card of version 4.0 and writes it again: two nicknames, Anni and Ann; the categories "crew, north" and
#   "rent", whose first one has a comma; and the firm "Smith; Sons", department "Sales".
# Expected: the lines as they were: NICKNAME:Anni,Ann, CATEGORIES:crew\, north,rent, ORG:Smith\; Sons;Sales.
# Happens: NICKNAME:Anni\,Ann, one name with a comma in it; CATEGORIES:crew, north,rent, which are three; ORG:Smith; Sons;Sales,
#   a firm, a department and one below it. In a note the escapes are right.
# Matters: reading and writing a card changes it in silence, and again at each turn; groups and names are others.
# Source: RFC 6350, 3.4 and 6.2.3, 6.6.4, 6.7.1 (commas and semicolons divide, with a backslash they are text); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_rust 'vcard4 = "=0.7.3"' <<'RS'
fn main() {
    let lines = [r"NICKNAME:Anni,Ann", r"CATEGORIES:crew\, north,rent", r"ORG:Smith\; Sons;Sales", r"NOTE:a\, b"];
    let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Smith\r\n{}\r\nEND:VCARD\r\n", lines.join("\r\n"));
    let written = vcard4::parse(card.as_str()).unwrap()[0].to_string();
    println!("{written}");
    let has = |line: &str| written.lines().any(|one| one == line);
    assert!(has(r"NOTE:a\, b"));
    assert!(has(r"NICKNAME:Anni\,Ann"), "two nicknames are two now");
    assert!(has(r"CATEGORIES:crew, north,rent"), "two categories are two now");
    assert!(has(r"ORG:Smith; Sons;Sales"), "the firm has one name now");
}
RS
