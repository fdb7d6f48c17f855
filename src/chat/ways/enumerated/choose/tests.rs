use super::*;
use crate::tables::tables_in;

fn asked(question: &str, files: &[(&str, &str)]) -> String {
    let Some(wish) = Wish::of(question) else { return "no list".to_owned() };
    let read: Vec<Read<'_>> = files
        .iter()
        .map(|(filename, text)| Read { filename, text, start: 0, tables: tables_in(text, 0, filename) })
        .collect();
    chosen(&wish, &read).map_or("-".to_owned(), |chosen| {
        chosen.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("; ")
    })
}

fn told(files: &[(&str, &str)], expected: &[(&str, &str)]) {
    for (question, answer) in expected {
        assert_eq!(asked(question, files), *answer, "{question}");
    }
}

const CRANES: &str = "# Rope agreement\n\nbetween Northharbour Ltd and Hempel Ropes\n\n# Annex 1 – Cranes and fees\n\n\
    | Crane | Quay | Load (t) |\n|---|---|---|\n| K1 | Salt Quay | 12 |\n| K2 | Salt Quay | 12 |\n| K3 | Mill Quay | 20 |\n\
    | K4 | Ferry Pier | 8 |\n| Total |  | 52 |\n";

#[test]
fn a_column_is_listed_once_for_each_value() {
    let files = [("Rope_Agreement_Northharbour.docx", CRANES)];
    told(
        &files,
        &[
            (
                "Name all the Northharbour quays whose cranes we look after.",
                "Salt Quay; Mill Quay; Ferry Pier",
            ),
            ("Name all the Southharbour quays whose cranes we look after.", "-"),
            ("Name all the Northharbour sheds whose doors we paint.", "-"),
            ("List all quays that were dredged in the winter", "-"),
        ],
    );
}

const SUBSIDIES: &str = "HARBOUR BOARD\n\n14/07  Subsidies for clubs, first round\n\nIt was decided:\n\n\
    | Applicant | Asked for | Decision |\n|---|---|---|\n| Rowing Friends | 400 | 300 |\n| Chess Circle | 90 | Declined, no ties to the harbour |\n\
    | Pilots' Choir | 250 | 250 |\n\n14/08  Fence\n\nThree firms had looked at it.\n";

#[test]
fn only_what_was_decided_so_is_listed() {
    let files = [("Board_Minutes_2024-03-11.docx", SUBSIDIES)];
    told(
        &files,
        &[
            ("List every group that was awarded a subsidy in March 2024.", "Rowing Friends; Pilots' Choir"),
            ("List every group that was awarded a subsidy in April 2024.", "-"),
            ("List every group that was awarded a fence.", "-"),
        ],
    );
}

#[test]
fn what_a_sentence_says_of_a_value_chooses_the_rows() {
    let text = "4 Lamps\nLamps of group 1 are lit by hand, those of group 2 go on at dusk, and those of group 3 are lit by the pilot on duty.\n\n\
        | Lamp | Place | Group |\n|---|---|---|\n| A1 | Mole | 1 |\n| A2 | Gate | 3 |\n| A3 | Yard | 2 |\n| A4 | Tower | 3 |\n";
    told(
        &[("Lamp_Manual_LX200.pdf", text)],
        &[
            ("List every LX200 lamp that has to be lit by the pilot on duty.", "A2: Gate; A4: Tower"),
            ("List every LX900 lamp that has to be lit by the pilot on duty.", "-"),
        ],
    );
}

#[test]
fn the_list_that_a_sentence_points_at_is_that_of_the_later_edition() {
    let rules = |more: &str| {
        format!(
            "# Mooring rules of Northharbour\n\n1.  In these rules “the berths” means the places named in the Schedule.\n\n\
             2.  No person shall leave at the berths any rope, net, barrel or anchor.\n\n## SCHEDULE\n\n- Salt Quay\n- Mill Quay\n{more}\nSigned by the board.\n"
        )
    };
    let (old, new) = (rules(""), rules("- Ferry Pier\n"));
    let files =
        [("Mooring_Rules_2011.docx", old.as_str()), ("Mooring_Rules_amended_2023.docx", new.as_str())];
    told(
        &files,
        &[(
            "Which berths do the mooring rules now cover? I need all of them.",
            "Salt Quay; Mill Quay; Ferry Pier",
        )],
    );
}

#[test]
fn a_sentence_that_names_several_things_is_the_list() {
    let bids = "# Call for bids\n\nA new pontoon for the ferry\n\n# 4 How to bid\n\n4.1  Bids are sent to Ada Holm, the harbour master, by noon on 3 May.\n\n\
        4.2  The bid must be accompanied by a plan, two drawings of the joints, and the signed form. Others are not read.\n\n# 5 Marks\n\n\
        | Criterion | Marks |\n|---|---|\n| Price | 60 |\n| Plan | 40 |\n";
    let offer = "# Rebuilding of Pier Nine, our offer\n\n## Price\n\nIt is 40,000 and holds until June.\n\nNot included: divers' work, soil removal, new lamps.\n";
    told(
        &[("Call_Pontoon.docx", bids), ("Offer_7_Pier_Nine.docx", offer)],
        &[
            (
                "everything that has to be sent in with a bid for the pontoon pls",
                "The bid must be accompanied by a plan; two drawings of the joints; the signed form",
            ),
            ("What have we left out of the Pier Nine offer?", "divers' work; soil removal; new lamps"),
            ("What have we left out of the Pier Ten offer?", "-"),
        ],
    );
}

#[test]
fn what_has_a_word_of_its_own_in_the_question_is_told_apart() {
    let text = "# Board meeting\n\n1. BIDS\n\n- Roof of the mill, Hempel. POSTPONED.\n- Fence, Alder & Sons. ACCEPTED.\n- Gate, Brook Ltd. POSTPONED.\n\n2. LEAVE\n\n- Ada Holm. ACCEPTED.\n";
    told(
        &[("board_2024-10-02.txt", text)],
        &[
            (
                "List all bids that were postponed at the board meeting",
                "Roof of the mill, Hempel. POSTPONED.; Gate, Brook Ltd. POSTPONED.",
            ),
            ("List all bids that were accepted at the board meeting", "Fence, Alder & Sons. ACCEPTED."),
            ("List all bids that were withdrawn at the board meeting", "-"),
            ("List all bids that were late at the board meeting", "-"),
        ],
    );
    let status =
        "# Harbour status\n\n| Project | Lead |\n|---|---|\n| New mole | Ada |\n| Lamp posts | Ben |\n";
    told(
        &[("Harbour_Status.pptx", status)],
        &[
            ("Nenne alle Projekte im Harbour Status, die verspätet sind", "-"),
            ("Nenne alle Projekte im Harbour Status", "New mole; Lamp posts"),
        ],
    );
}

#[test]
fn what_would_be_listed_is_counted() {
    let files = [("Rope_Agreement_Northharbour.docx", CRANES)];
    told(
        &files,
        &[
            ("How many quays are in the Northharbour rope agreement?", "Salt Quay; Mill Quay; Ferry Pier"),
            ("How many days does the Northharbour rope agreement run?", "no list"),
            ("How many sheds are in the Northharbour rope agreement?", "-"),
        ],
    );
}
