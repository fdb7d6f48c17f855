use super::*;

fn written(text: &str) -> String {
    compose(text).map_or_else(|| "as it is".to_owned(), |it| it.text)
}

#[test]
fn rows_stand_under_their_section_titles() {
    let text = "KEY HOLDERS\n\nSALTBY DOCK\nAlarm company      Sentrex        0800 555 0142    site code 5518\n\
        Key holder 1       Oline Dahl     07700 900 118\nFERN QUAY\n\
        Alarm company      Lockwell       0800 555 0177    site code 2204\n\nPump house\n\
        Key holder 1       Jon Vik        07700 900 554\n\nLock\nKey holder 2       Runa Berg      07700 900 332\n\nAsk at the office.";
    insta::assert_snapshot!(written(text), @r"
    KEY HOLDERS

    SALTBY DOCK

    |  |  |  |  |  |
    | --- | --- | --- | --- | --- |
    | SALTBY DOCK | Alarm company | Sentrex | 0800 555 0142 | site code 5518 |
    | SALTBY DOCK | Key holder 1 | Oline Dahl | 07700 900 118 |  |

    FERN QUAY

    | FERN QUAY | Alarm company | Lockwell | 0800 555 0177 | site code 2204 |

    Pump house

    | Pump house | Key holder 1 | Jon Vik | 07700 900 554 |

    Lock

    | Lock | Key holder 2 | Runa Berg | 07700 900 332 |

    Ask at the office.
    ");
    let headings = compose(text).unwrap().headings;
    let starts: Vec<(usize, &str)> = headings.iter().map(|it| (it.start, it.title.as_str())).collect();
    assert!(starts.iter().all(|(at, title)| written(text)[*at..].starts_with(title)), "{starts:?}");
    assert_eq!(starts.len(), 4);
}

#[test]
fn rows_carry_the_names_of_their_columns() {
    let sections = "Name          Ext.    Mobile\nHarbour\nDahl, Oline   220     07700 900118\nVik, Jon      221\n\nWorkshop\nReyes, Tom    231     07700 900221";
    insta::assert_snapshot!(written(sections), @r"
    Harbour

    |  | Name | Ext. | Mobile |
    | --- | --- | --- | --- |
    | Harbour | Dahl, Oline | 220 | 07700 900118 |
    | Harbour | Vik, Jon | 221 |  |

    Workshop

    |  | Name | Ext. | Mobile |
    | --- | --- | --- | --- |
    | Workshop | Reyes, Tom | 231 | 07700 900221 |
    ");
    let ruled = "Name             Department    Mobile\n---------------  ------------  ------------\n\
        Berg, Aino       Accounts      07700 900101\nReyes, Tom       Workshop\n";
    insta::assert_snapshot!(written(ruled), @r"
    | Name | Department | Mobile |
    | --- | --- | --- |
    | Berg, Aino | Accounts | 07700 900101 |
    | Reyes, Tom | Workshop |  |
    ");
    let corner = "          Mon       Tue\nEarly     Aino      Tom\nLate      Jon       -";
    insta::assert_snapshot!(written(corner), @r"
    |  | Mon | Tue |
    | --- | --- | --- |
    | Early | Aino | Tom |
    | Late | Jon | - |
    ");
    let wrapped = "Item        Description               Price\nA-100       Oak block, planed on      18.50\n            \
        two sides\nA-101       Tarred rope                4.20";
    insta::assert_snapshot!(written(wrapped), @r"
    | Item | Description | Price |
    | --- | --- | --- |
    | A-100 | Oak block, planed on two sides | 18.50 |
    | A-101 | Tarred rope | 4.20 |
    ");
    let tabs = "Name\tRoom\tPhone\nAino Berg\t2.14\t214\nTom Reyes\t\t231";
    insta::assert_snapshot!(written(tabs), @r"
    | Name | Room | Phone |
    | --- | --- | --- |
    | Aino Berg | 2.14 | 214 |
    | Tom Reyes |  | 231 |
    ");
}

#[test]
fn labels_of_forms_stand_before_their_values() {
    let form = "Name of owner:     Oline Dahl\nLength:            12.40 m      Beam:     3.60 m\n\
        Remarks:           near the slipway\n                   if possible\n";
    insta::assert_snapshot!(written(form), @r"
    |  |  |
    | --- | --- |
    | Name of owner | Oline Dahl |
    | Length | 12.40 m |
    | Beam | 3.60 m |
    | Remarks | near the slipway if possible |
    ");
    let prices = "PRICES\n\nRopes\n  Hemp 12 mm ............ 2.40 per m\n  Nylon 10 mm ........... 3.10 per m\nPaint\n  Varnish 1 l ........... 24.50";
    insta::assert_snapshot!(written(prices), @r"
    PRICES

    Ropes

    |  |  |  |
    | --- | --- | --- |
    | Ropes | Hemp 12 mm | 2.40 per m |
    | Ropes | Nylon 10 mm | 3.10 per m |

    Paint

    | Paint | Varnish 1 l | 24.50 |
    ");
}

#[test]
fn a_line_above_the_columns_does_not_cost_them() {
    let text = "As of 4 March 2024    page 1\nDahl, Oline        Harbour     220\nReyes, Tom         Workshop    231\n";
    assert!(written(text).ends_with("| Dahl, Oline | Harbour | 220 |\n| Reyes, Tom | Workshop | 231 |"));
    let lines: String =
        (0..20_000).map(|it| format!("{}a  {}b\n", " x".repeat(it % 7), " y".repeat(it % 5))).collect();
    assert_eq!(written(&lines), "as it is");
}

#[test]
fn other_text_stays_as_it_is() {
    for text in [
        "A sentence ends.  Another one begins.\nAnd so on.  Until the end.",
        "let a   = 1;   // one\nlet bcd = 2;   // two",
        "The left column of a page    and the right one that goes\nruns on in sentences and     on with words of its own as\nis no table of values        it is no table either, sir",
        "1.   Keep the quay clear\n2.   Report leaks\n(c)  No nets",
        "one line    with a gap",
        "no columns\nat all",
    ] {
        assert_eq!(written(text), "as it is", "{text}");
    }
}
