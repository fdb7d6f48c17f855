#!/usr/bin/env bash
# htmd (Rust), which is modelled on turndown, turns tables into Markdown whose rows begin with a heading (<th>), with and
#   without headings of columns, and one with two rows of headings (<thead>).
# Expected: all cells, in their columns: a heading of a row is a cell of its row.
# Happens: a row gives either its <th> or its <td>: "Rent 950, Fee 20" becomes "| Rent |" and "| 20 |"; below headings of
#   columns the names of the rows go and values move to the left; of two rows of headings the second is missing.
# Matters: amounts and names vanish from tables as Wikipedia, shops and accounts have them, and those left stand below a
#   heading that is not theirs.
# Source: HTML's standard, 4.9.10 (th: headings of rows, scope="row"); turndown's plugin for tables and html2md keep the
#   cells; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'htmd = "=0.5.6"' <<'RS'
fn main() {
    let show = |rows: &str| htmd::convert(&format!("<table>{rows}</table>")).unwrap().replace(['-', ' '], "");
    let fields = show("<tr><th>Rent</th><td>950</td></tr><tr><th>Fee</th><td>20</td></tr>");
    let both = show("<tr><th></th><th>Dry</th></tr><tr><th>Rent</th><td>950</td></tr><tr><th>Fee</th><td>20</td></tr>");
    let two = show("<thead><tr><th>Rent</th></tr><tr><th>euros</th></tr></thead><tbody><tr><td>950</td></tr></tbody>");
    println!("{fields}\n\n{both}\n\n{two}");
    assert_eq!(fields, "|Rent|\n||\n|20|", "headings of rows are kept now");
    assert_eq!(both, "||Dry|\n|||\n|950||\n|20||", "headings of rows are kept now");
    assert_eq!(two, "|Rent|\n||\n|950|", "second headings are kept now");
}
RS
