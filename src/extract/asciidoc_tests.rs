//! AsciiDoc files and what is read of them.

use super::super::asciidoc::{compose, read};
use super::super::sink::collect;

fn text(adoc: &str) -> String {
    compose(adoc).unit().text
}

#[test]
fn titles_become_headings() {
    let text = "= Lamps\n:toc:\n\n// not shown\n== Wick\n\nNumber 14.\n\n----\n== code\n----\n\n////\nhidden\n////\n\nEnd.\n";
    let pages = collect(read, text).unwrap();
    assert_eq!(pages[0].text, "# Lamps\n\n## Wick\n\nNumber 14.\n\n```\n== code\n```\n\nEnd.");
    let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
    assert_eq!(headings, [(1, "Lamps"), (2, "Wick")]);
}

#[test]
fn attributes_conditions_and_tables_are_read() {
    let adoc = "= Fees of {harbour}\n:harbour: Nordby\n:fee: 950 EUR\n\nifdef::fee[]\nA berth in {harbour} costs {fee} for 10^6^ l.\nendif::[]\nifndef::fee[]\nIt is free.\nendif::[]\n\n.Fees\n[%header,cols=\"1,1,1\"]\n|===\n|Berth 2+|Season\n.2+|North |Summer |{fee}\n|Winter |400 EUR\n|===\n\ninclude::parts/rules.adoc[]\n";
    let pages = collect(read, adoc).unwrap();
    insta::assert_snapshot!(pages[0].text, @r"
    # Fees of Nordby

    A berth in Nordby costs 950 EUR for 10⁶ l.

    Fees

    | Berth | Season | Season |
    | --- | --- | --- |
    | North | Summer | 950 EUR |
    | North | Winter | 400 EUR |
    ");
    assert!(pages[0].warning.as_deref().unwrap().contains("`parts/rules.adoc`"));
}

#[test]
fn lists_have_their_numbers() {
    let adoc = "Steps:\n\n. one\ngoes on\n.. deep\n.. more\n+\n----\ncode\n----\n. two\n\n* mark\n** under\n\nend\n\n[start=4]\n. four\n\nOil:: 5 l\nWick::\n\n  number 14\n";
    insta::assert_snapshot!(text(adoc), @r"
    Steps:

    1. one goes on
      a. deep
      b. more

    ```
    code
    ```

    2. two
    - mark
      - under

    end

    4. four
    - Oil: 5 l
    - Wick: number 14
    ");
}

#[test]
fn blocks_say_what_they_are() {
    let adoc = "[NOTE]\n====\nMind the ice.\n====\n\nTIP: Tar it.\n\n[WARNING]\nThin rope.\n\n[quote, Aino Berg, The Lamp]\n____\nIt burns.\n____\n\n[source,python]\n----\nx = {y}\n----\n\n++++\n<b>raw</b>\n++++\n\n[stem]\n++++\n10^{6}\n++++\n\nimage::map.png[A map of the pier]\n";
    insta::assert_snapshot!(text(adoc), @r"
    NOTE:

    Mind the ice.

    TIP: Tar it.

    WARNING: Thin rope.

    It burns.

    — Aino Berg, The Lamp

    ```python
    x = {y}
    ```

    raw

    10⁶

    A map of the pier
    ");
}
