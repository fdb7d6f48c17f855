#!/usr/bin/env bash
# html2text (Rust) gives the text of a table that has a caption and, in <tfoot>, a total.
# Expected: both: they are shown by every browser, the foot below the rows.
# Happens: neither is in the text; the rows are.
# Matters: the total of a bill is missing, and what the table is about; the text looks whole.
# Source: HTML's standard, 4.9.2 and 4.9.7 (caption, tfoot); turndown, html2md and htmd keep the foot; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_rust 'html2text = "=0.17.4"' <<'RS'
fn main() {
    let rows = "<tr><td>Rent</td><td>950</td></tr>";
    let foot = "<tfoot><tr><td>Total</td><td>970</td></tr></tfoot>";
    let page = format!("<table><caption>Costs in March</caption><tbody>{rows}</tbody>{foot}</table>");
    let text = html2text::from_read(page.as_bytes(), 80).unwrap();
    println!("{text}");
    assert!(text.contains("Rent") && text.contains("950"));
    assert!(!text.contains("970") && !text.contains("March"), "foot and caption are kept now");
}
RS
