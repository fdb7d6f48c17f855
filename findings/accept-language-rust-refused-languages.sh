#!/usr/bin/env bash
# accept-language (Rust) chooses among German and English for readers who refuse one: "*;q=0.1, de;q=0" and "en;q=0, *".
# Expected: English for the first, German for the second: a weight of 0 says that the language is not wanted, and the star stands for
#   all others.
# Happens: German for the first and English for the second, the very ones that are refused: weights only make the order, and the star is
#   taken for the name of a language.
# Matters: who has put a language at 0, to be spared it, gets just that one.
# Source: RFC 9110, 12.4.2 (a weight of 0 means "not acceptable") and RFC 4647, 2.1 (the star); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'accept-language = "=3.1.0"' <<'RS'
fn choose(asked: &str) -> Vec<String> {
    let chosen = accept_language::intersection(asked, &["de", "en"]);
    println!("{asked}: {chosen:?}");
    chosen
}

fn main() {
    assert_eq!(choose("de;q=0.5, en"), ["en", "de"]);
    assert_eq!(choose("*;q=0.1, de;q=0"), ["de"], "refused languages are left out now");
    assert_eq!(choose("en;q=0, *"), ["en"], "refused languages are left out now");
    assert_eq!(choose("*").len(), 0, "the star is read now");
}
RS
