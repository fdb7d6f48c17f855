#!/usr/bin/env bash
# rtf-parser (Rust) reads RTF as Word writes it: an amount with a euro sign (\u8364?950), a number with a non-breaking hyphen
#   (PPR\_9087) or space (5\~km), two paragraphs.
# Expected: "€950", "PPR-9087", "5 km": a control symbol is one sign, and what follows it is text.
# Happens: the figures go with the sign: "Rent a month", and "Order PPR" and "Pier 5" end there; the two paragraphs are one
#   line without a blank between: "Rent 9507 berths".
# Matters: sums and order numbers are missing from the text, in silence, where Word put a sign of its own before them.
# Source: RTF 1.9.1, control symbols (\_, \~), \u with its replacement, \par; the crate's README (get_text: the raw text);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'rtf-parser = { version = "=0.4.3", default-features = false }' <<'RS'
fn main() {
    let read = |text: &str| {
        let file = format!(r"{{\rtf1\ansi\deff0{{\fonttbl{{\f0 Times;}}}}\pard\plain {text}\par}}");
        rtf_parser::RtfDocument::try_from(file.as_str()).unwrap().get_text()
    };
    let seen = [r"Rent \u8364?950 a month", r"Order PPR\_9087 of May", r"Pier 5\~km on", r"Rent 950\par 7 berths"].map(read);
    println!("{seen:?}");
    assert_eq!(seen, ["Rent a month", "Order PPR", "Pier 5", "Rent 9507 berths"], "figures are kept now");
}
RS
