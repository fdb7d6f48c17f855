use super::super::doc_file::RunLook;
use super::super::numbering::{Kind, Level, NumberedList};
use super::super::sink::collect;
use super::*;

#[test]
fn a_lease_is_read_as_it_is_seen() {
    let pages = collect(read, include_bytes!("../../fixtures/word/lease.doc").to_vec()).unwrap();
    insta::assert_snapshot!(pages[0].text, @r"
    # Lease of the slipway

    # Article I Term

    I.1 The lease begins on 1 May.

    I.2 It is renewed unless

    (a) notice is given, or

    (b) the slipway is sold.

    # Article II Rent

    II.1 The rent is twenty crowns a day.

    II.2 Interest is nine per cent a year.

    An unnumbered remark.

    - oars
    - ropes

    1) first step

    2) second step

    7) begun anew

    First: Schedule of fittings

    Second: Schedule of keys

    As said above, see Term.

    At the foot: tides vary.

    Area 10 m², on dark.

    | Site | Pairs 2023 | Pairs 2024 |
    | --- | --- | --- |
    | North | 12 | 13 |
    | North | 14 | 15 of them 2 late |

    After the table.

    A frame around text.

    - Its second line.

    Parts of the boat:

    | Item | Parts |
    | --- | --- |
    | Mast | Boom, 3 m; Gaff, 2 m |

    # Article III Final provisions

    III.1 Signed in Nordby.

    In the box: keys hang in the hall.

    Harbour office, Nordby
    ");
}

const PLAIN: RunLook = RunLook {
    hidden: None,
    struck: None,
    deleted: false,
    script: None,
    white: None,
    backed: false,
    style: None,
    symbol: None,
    data: None,
    is_form: false,
};

fn paragraph() -> Paragraph {
    Paragraph::default()
}

fn written(pieces: &[(&str, RunLook, Paragraph)], data: &[u8]) -> String {
    let text = Text::of(pieces);
    let mut main = vec![0; 0x200];
    main[0x4C..0x50].copy_from_slice(&(text.characters.len() as u32).to_le_bytes());
    let file = File { main: &main, table: &[], data };
    let mut reader = Reader::new(&file, &text);
    reader.fonts = vec!["Symbol".to_owned()];
    let level = Level { kind: Kind::Decimal, text: "%1.".to_owned(), ..Level::bullet() };
    let list = NumberedList { counted_as: "1".to_owned(), levels: vec![level], starts: HashMap::new() };
    reader.lists.add("1", list);
    reader.whole().unit().text
}

#[test]
fn paragraphs_that_are_deleted_have_no_number() {
    let (deleted, listed) = (RunLook { deleted: true, ..PLAIN }, Paragraph { list: Some(1), ..paragraph() });
    let text = written(
        &[
            ("one\r", PLAIN, listed.clone()),
            ("gone\r", deleted, listed.clone()),
            ("two\r", PLAIN, listed.clone()),
            ("gone", deleted, listed.clone()),
            // Its end is there still, with a number.
            ("\r", PLAIN, listed.clone()),
            ("four\r", PLAIN, listed),
            ("first", PLAIN, paragraph()),
            ("\r", deleted, paragraph()),
            (" half\r", PLAIN, paragraph()),
            ("off the list\r", PLAIN, Paragraph { list: Some(0), ..paragraph() }),
        ],
        &[],
    );
    assert_eq!(text, "1. one\n\n2. two\n\n4. four\n\nfirst half\n\noff the list");
}

#[test]
fn text_that_is_not_shown_is_kept_apart() {
    let (white, hidden) = (RunLook { white: Some(true), ..PLAIN }, RunLook { hidden: Some(1), ..PLAIN });
    let shaded = Paragraph { backed: true, ..paragraph() };
    let text = written(
        &[
            ("seen", PLAIN, paragraph()),
            (" WHITE", white, paragraph()),
            (" HIDDEN", hidden, paragraph()),
            ("\r", PLAIN, paragraph()),
            ("white on blue\r", white, shaded),
        ],
        &[],
    );
    assert_eq!(text, "seen\n\nwhite on blue");
}

#[test]
fn raised_text_is_one_exponent_or_one_word() {
    let raised = RunLook { script: Some(1), ..PLAIN };
    let text = written(
        &[
            ("10", PLAIN, paragraph()),
            ("-3", raised, paragraph()),
            (" m, the ", PLAIN, paragraph()),
            ("superscript", raised, paragraph()),
            (" word\r", PLAIN, paragraph()),
        ],
        &[],
    );
    assert_eq!(text, "10⁻³ m, the superscript word");
}

#[test]
fn what_is_struck_out_is_marked() {
    let struck = RunLook { struck: Some(1), ..PLAIN };
    let text = written(
        &[
            ("was ", PLAIN, paragraph()),
            ("950 EUR", struck, paragraph()),
            (" 10", PLAIN, paragraph()),
            ("6", RunLook { script: Some(1), ..struck }, paragraph()),
            ("\r", PLAIN, paragraph()),
        ],
        &[],
    );
    assert_eq!(text, "was ~~950 EUR~~ 10~~⁶~~");
}

#[test]
fn older_files_of_a_macintosh_are_read() {
    let mut main = vec![0; 0x40];
    let words = b"syst\x8Fme et d\xD5une \x8Eglise\r";
    let start = main.len() as u32;
    main[0x12] = 1;
    main[0x18..0x1C].copy_from_slice(&start.to_le_bytes());
    main[0x1C..0x20].copy_from_slice(&(start + words.len() as u32).to_le_bytes());
    main.extend(words);
    assert_eq!(before_97(&main).unit().text, "système et d’une église");
}

#[test]
fn fields_and_symbols_show_what_they_stand_for() {
    let symbol = RunLook { symbol: Some((0, 0xF0B0)), ..PLAIN };
    let form = RunLook { data: Some(0), is_form: true, ..PLAIN };
    let mut data = vec![0; 68];
    data[4] = 68;
    // A box that is ticked: version, kind and state, widths, an empty name, and what it began with.
    data.extend([0xFF, 0xFF, 0xFF, 0xFF, 1 | 1 << 2, 0, 0, 0, 0, 0]);
    data.extend([0, 0, 0, 0, 0, 0]);
    let length = data.len() as u8;
    data[0] = length;
    let text = written(
        &[
            ("20 ", PLAIN, paragraph()),
            ("(", symbol, paragraph()),
            ("C, see \u{13} HYPERLINK \u{13} QUOTE x \u{14}y\u{15} \u{14}there\u{15}", PLAIN, paragraph()),
            (" \u{13} FORMCHECKBOX ", PLAIN, paragraph()),
            ("\u{1}", form, paragraph()),
            ("\u{14}\u{15} paid, ", PLAIN, paragraph()),
            (
                "\u{13} SYMBOL 163 \\f \"Symbol\" \u{14}\u{15}5 m at \u{13} EQ \\f(1;2) \u{15} tide, ",
                PLAIN,
                paragraph(),
            ),
            ("\u{13} EQ \\o\\ad(\\s\\up 10(みなと),港) \u{15}\r", PLAIN, paragraph()),
        ],
        &data,
    );
    assert_eq!(text, "20 °C, see there ☒ paid, ≤5 m at 1/2 tide, 港(みなと)");
}

#[test]
fn rows_of_a_table_are_lines() {
    let inside = Paragraph { in_table: true, ..paragraph() };
    let end = Paragraph {
        ends_row: true,
        row: RowShape { edges: vec![0, 100, 200], merges: vec![0, 0], is_header: false },
        ..inside.clone()
    };
    let inner = Paragraph { ends_inner_cell: true, ..inside.clone() };
    let inner_end = Paragraph { ends_inner_row: true, ..inside.clone() };
    let text = written(
        &[
            ("Boat\u{7}Parts\u{7}", PLAIN, inside.clone()),
            ("\u{7}", PLAIN, end.clone()),
            ("Terna\rwhite\u{7}", PLAIN, inside.clone()),
            ("Boom\r3 m\r", PLAIN, inner.clone()),
            ("\r", PLAIN, inner_end.clone()),
            ("Gaff\r2 m\r", PLAIN, inner),
            ("\r", PLAIN, inner_end),
            ("\u{7}", PLAIN, inside),
            ("\u{7}", PLAIN, end),
            ("after\r", PLAIN, paragraph()),
        ],
        &[],
    );
    assert_eq!(text, "| Boat | Parts |\n| --- | --- |\n| Terna white | Boom, 3 m; Gaff, 2 m |\n\nafter");
}

#[test]
fn a_paragraph_before_a_table_ends_there_though_its_end_is_hidden() {
    let hidden = RunLook { hidden: Some(1), ..PLAIN };
    let inside = Paragraph { in_table: true, ..paragraph() };
    let end = Paragraph {
        ends_row: true,
        row: RowShape { edges: vec![0, 100, 200], merges: vec![0, 0], is_header: false },
        ..inside.clone()
    };
    let text = written(
        &[
            ("Prices ", PLAIN, paragraph()),
            ("\r", hidden, paragraph()),
            ("of berths", PLAIN, paragraph()),
            ("\r", hidden, paragraph()),
            ("North\u{7}12\u{7}", PLAIN, inside),
            ("\u{7}", PLAIN, end),
        ],
        &[],
    );
    assert_eq!(text, "Prices of berths\n\n| North | 12 |");
}
