#!/usr/bin/env bash
# orgize (Rust) reads a document of Org mode and writes it again (write_org); it has a list and a table of two rows.
# Expected: the document, as it was or in another layout; the list comes out so, and write_html has the table.
# Happens: the table is "ItemPriceRent950": its cells in one line, with no bar or blank between them.
# Matters: a program that changes a heading or a date of a file destroys all its tables, for good; amounts grow together with
#   names.
# Source: Org's manual, 3.1 (tables: bars divide cells); the README of orgize (write_org gives Org text); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_rust 'orgize = "=0.9.0"' <<'RS'
use orgize::Org;

fn main() {
    let text = "* Costs\n- a list\n- of two\n\n| Item | Price |\n|------+-------|\n| Rent | 950   |\n";
    let org = Org::parse(text);
    let (mut again, mut page) = (Vec::new(), Vec::new());
    org.write_org(&mut again).unwrap();
    org.write_html(&mut page).unwrap();
    let (again, page) = (String::from_utf8(again).unwrap(), String::from_utf8(page).unwrap());
    println!("{again}\n{page}");
    assert!(page.contains("<td>Rent</td><td>950</td>") && again.starts_with("* Costs\n- a list\n- of two\n"));
    assert!(again.trim_end().ends_with("\nItemPriceRent950"), "tables are written now");
}
RS
