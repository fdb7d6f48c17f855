#!/usr/bin/env bash
# html2md (Rust) turns a list of terms and values (<dl>) into Markdown, and a sentence with a quoted word (<q>).
# Expected: a line for each term and value, as with <div>; and the word in its sentence, with or without quotation marks.
# Happens: "Rent950Fee20"; and the sentence is torn apart: the word becomes a block ("> closed"), so that "The pier is" stands
#   in one paragraph and "until May." in another.
# Matters: fields of a form are one word with wrong figures; a negation or a number in quotes leaves its sentence.
# Source: HTML's standard, 4.4.9 (dl) and 4.5.7 (q: phrasing content); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'html2md = "=0.2.17"' <<'RS'
fn main() {
    let terms = "<dl><dt>Rent</dt><dd>950</dd><dt>Fee</dt><dd>20</dd></dl>";
    let sentence = "<p>The pier is <q>closed</q> until May.</p>";
    let seen = [terms, sentence].map(html2md::parse_html);
    println!("{seen:?}");
    assert_eq!(seen[0], "Rent950Fee20", "terms are set apart now");
    let lines: Vec<&str> = seen[1].lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["The pier is", "> closed", "until May."], "sentences are kept now");
}
RS
