use super::*;
use crate::tables::tables_in;

fn paper(file: &str, text: &str) -> Paper {
    Paper { file: file.to_owned(), text: text.to_owned(), start: 0, tables: tables_in(text, 0, file) }
}

fn said(question: &str, papers: &[Paper]) -> Option<String> {
    assert!(is_asked(question), "{question}");
    let language = crate::language::language_of(question, None, None).code;
    let reckoned = reckon(question, papers, language)?;
    assert!(reckoned.lines.iter().any(|line| !line.places.is_empty()), "without a source: {reckoned:?}");
    Some(reckoned.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
}

/// What stands in bold first.
fn number(question: &str, papers: &[Paper]) -> Option<String> {
    said(question, papers)?.split("**").nth(1).map(str::to_owned)
}

fn number_is(question: &str, papers: &[Paper], expected: &str) {
    assert_eq!(number(question, papers).as_deref(), Some(expected), "{question}");
}

fn harbour() -> Vec<Paper> {
    vec![
        paper(
            "Berth_Fees_2021.md",
            "# Berths\n\n| Berth type | Summer (£) | Winter (£) | Notice (days) |\n|---|---|---|---|\n| Pontoon, 8 m | 410 | 180 | 10 |\n| Swinging mooring | 150 | 60 | 5 |\n| Dry stack | 220 | 240 | 5 |\n| Visitor, per night | 24 | 12 | 0 |\n",
        ),
        paper(
            "Berth_Fees_2023.md",
            "# Berths\n\n| Berth type | Summer (£) | Winter (£) | Notice (days) |\n|---|---|---|---|\n| Pontoon, 8 m | 455 | 180 | 14 |\n| Swinging mooring | 140 | 60 | 5 |\n| Dry stack | 235 | 240 | 5 |\n| Visitor, per night | 26 | 13 | 0 |\n",
        ),
        paper(
            "Crane_contract.md",
            "# Crane hire\n\nThe yard crane is let at £320 per hour, the driver included.\n\nIf the crane is booked for two boats we allow 5 per cent off the lift price.\n\nThe deposit shall be 15 per cent of the lifting charge for that year. The lifting charge is £1,800 excluding VAT.\n\n| Boat | Yard | Lifts | Charge (£) |\n|---|---|---|---|\n| Kittiwake | East Slip | 2 | 640 |\n| Fulmar | East Slip | 2 | 660 |\n| Gannet | West Slip | 3 | 900 |\n| Petrel | West Slip | 1 | 300 |\n\n# Lift prices\n\n| Item | Price (£) |\n|---|---|\n| One boat | 520 |\n| Two boats | 1,000 |\n",
        ),
    ]
}

#[test]
fn one_value_is_held_against_that_of_the_other_edition() {
    let papers = harbour();
    let told =
        said("By how much did the summer fee for a pontoon go up from 2021 to 2023?", &papers).unwrap();
    assert!(told.contains("+£45 (+11.0 %)") && told.contains("£410") && told.contains("£455"), "{told}");
    number_is(
        "How much did the notice for a pontoon change between 2021 and 2023?",
        &papers,
        "+4 days (+40.0 %)",
    );
    for question in [
        // No such row, a year that no edition has, a season that is not said.
        "By how much did the fee for a houseboat go up from 2021 to 2023?",
        "By how much did the summer fee for a pontoon go up from 2019 to 2023?",
        "By how much did the fee for a pontoon at Ravensholm go up from 2021 to 2023?",
    ] {
        assert_eq!(said(question, &papers), None, "{question}");
    }
}

#[test]
fn rows_that_became_cheaper_are_listed() {
    let papers = harbour();
    let told = said("Which berths became cheaper in summer from 2021 to 2023?", &papers).unwrap();
    assert!(told.contains("Swinging mooring: £150 → £140") && !told.contains("Pontoon"), "{told}");
    let up = said("Which berths became more expensive in winter between 2021 and 2023?", &papers).unwrap();
    assert!(up.contains("Visitor") && !up.contains("Dry stack"), "{up}");
    assert_eq!(said("Which buoys became cheaper in summer from 2021 to 2023?", &papers), None);
}

#[test]
fn two_rows_or_two_columns_are_held_against_each_other() {
    let papers = harbour();
    let told =
        said("How much dearer is the dry stack than the swinging mooring in winter?", &papers).unwrap();
    assert!(told.contains("**£180**") && told.contains("Dry stack: £240"), "{told}");
    let pumps = [paper(
        "Pumps.md",
        "# Data\n\n| Model | Model | P20 | P45 |\n|---|---|---|---|\n| Flow rate | l/h | 780 | 1 150 |\n| Sound power | dB(A) | 52 | 56 |\n| Weight | kg | 18.5 | 31 |\n| Size | mm | 300×200 | 400×250 |\n",
    )];
    let louder = said("Is the P45 louder than the P20, and by how much?", &pumps).unwrap();
    assert!(louder.contains("**4 dB(A)**") && louder.starts_with("**P45"), "{louder}");
    let schwerer = said("Um wie viel schwerer ist die P45 als die P20?", &pumps).unwrap();
    assert!(schwerer.contains("**12.5 kg**"), "{schwerer}");
    let flow = said("Which has the higher flow rate, P20 or P45?", &pumps).unwrap();
    assert!(flow.contains("**370 l/h**"), "{flow}");
    for question in [
        "Is the P45 louder than the P90?",
        "Is the P45 prettier than the P20, and by how much?",
        "Is the P45 bigger than the P20, and by how much?",
    ] {
        assert_eq!(said(question, &pumps), None, "{question}");
    }
}

#[test]
fn years_in_columns_are_told_in_their_order() {
    let papers = [paper(
        "Kleingarten_Bericht.md",
        "# Verbrauch der Gärten\n\n| Posten | 2021 | 2022 | 2023 |\n|---|---|---|---|\n| Wasser, m³ | 1.250 | 1.190 | 1.310 |\n| Strom, kWh | 2.480 | 2.510 | 2.300 |\n| Kompost, Säcke | 38,5 | 40 | 41,5 |\n",
    )];
    let told = said("Um wie viel ist der Strom von 2022 auf 2023 gesunken?", &papers).unwrap();
    assert!(told.contains("−210 (−8.4 %)") && told.contains("Veränderung"), "{told}");
    let which = said("Welche Posten sind von 2021 auf 2022 gestiegen?", &papers).unwrap();
    assert!(which.contains("Strom") && which.contains("Kompost") && !which.contains("Wasser"), "{which}");
    assert_eq!(said("Um wie viel ist das Gas von 2022 auf 2023 gesunken?", &papers), None);
}

#[test]
fn rows_of_one_name_are_added() {
    let papers = harbour();
    let told = said("What do we pay for the two boats on East Slip together?", &papers).unwrap();
    assert!(told.contains("**£1,300** = £640 + £660"), "{told}");
    number_is("How many lifts did Gannet and Petrel have in total?", &papers, "4");
    for question in [
        // Not as many rows as it says, no such yard.
        "What do we pay for the five boats on East Slip together?",
        "What do we pay for the boats on North Slip together?",
    ] {
        assert_eq!(said(question, &papers), None, "{question}");
    }
}

#[test]
fn all_rows_of_a_table_that_is_named_are_added() {
    let minutes = [paper(
        "Protokoll_Maerz.md",
        "# Protokoll\n\nZuschüsse an Vereine, zweite Runde\n\n| Verein | Zweck | Beantragt | Bewilligt |\n|---|---|---|---|\n| Ruderclub | Boote | 900 € | 600 € |\n| Chor Nord | Noten | 250 € | 250 € |\n| Schachfreunde | Uhren | 300 € | abgelehnt |\n",
    )];
    number_is("Wie viel wurde in der zweiten Runde insgesamt an Zuschüssen bewilligt?", &minutes, "850 €");
    assert_eq!(
        said("Wie viel wurde in der dritten Runde insgesamt an Stipendien bewilligt?", &minutes),
        None
    );
}

#[test]
fn columns_of_one_row_are_added() {
    let visits = [paper(
        "Garden_Report.md",
        "# Visits to the palm house\n\n| Month | Schools | Tours | Members |\n|---|---|---|---|\n| May | 120 | 340 | 95 |\n| June | 180 | 410 | 110 |\n| Total | 300 | 750 | 205 |\n",
    )];
    number_is("How many visits did schools and tours make together in June?", &visits, "590");
    number_is("How many visits did schools and members make altogether?", &visits, "505");
    assert_eq!(said("How many visits did schools and choirs make together in June?", &visits), None);
}

#[test]
fn income_and_spending_are_held_against_each_other() {
    let report = [paper(
        "Rowing_Club_2022.md",
        "# Accounts\n\n| Income | £ | Spending | £ |\n|---|---|---|---|\n| Subscriptions | 8,200 | Boats | 6,450 |\n| Regatta | 3,150 | Boathouse | 7,300 |\n| Total | 11,350 | Total | 13,750 |\n",
    )];
    let told = said("By how much did the club's spending exceed its income in 2022?", &report).unwrap();
    assert!(told.starts_with("**£2,400** deficit"), "{told}");
    assert_eq!(said("By how much did the spending of Ravensholm exceed its income?", &report), None);
}

#[test]
fn a_rate_is_taken_as_often_as_is_asked() {
    let papers = harbour();
    number_is("What does the yard crane cost for 3 hours?", &papers, "£960");
    number_is("What does a visitor berth cost for four nights in summer?", &papers, "£104");
    let hall = [paper(
        "Room_hire.md",
        "# Rooms\n\n| Room | Weekday, per hour | Sat/Sun, per hour |\n|---|---|---|\n| Loft (seats 40) | £12.50 | £18.00 |\n| Cellar | £9.00 | £11.00 |\n| Projector, per evening | £20.00 | £25.00 |\n",
    )];
    number_is(
        "How much is the loft for three hours on a Sunday, plus the projector? What would it cost?",
        &hall,
        "£79.00",
    );
    number_is("Was kostet der Loft für 2 Stunden am Mittwoch?", &hall, "£25.00");
    for question in [
        "What does the yard crane cost for 3 weeks?",
        "What does the gantry crane at Ravensholm cost for 3 hours?",
        "How much does the loft cost for 3 hours?",
        "How much does the attic cost for 3 hours on a Sunday?",
    ] {
        assert_eq!(
            said(question, if question.contains("crane") { &papers } else { &hall }),
            None,
            "{question}"
        );
    }
}

#[test]
fn what_is_not_wanted_is_no_column_to_take() {
    let rates = [paper(
        "Rates.md",
        "# Hourly rates\n\nall amounts in £ per hour\n\n| Grade | Member | Non-member |\n|---|---|---|\n| Joiner | 40 | 52 |\n| Rigger | 44 | 58 |\n",
    )];
    number_is("What does a rigger cost for 2 hours for a member?", &rates, "£88");
    let without = number("What does a rigger cost for 2 hours without being a member?", &rates);
    assert!(without.as_deref().is_none_or(|it| it == "£116"), "{without:?}");
}

#[test]
fn a_discount_is_taken_off_the_price_that_it_is_for() {
    let papers = harbour();
    number_is("What is the charge for both boats once the discount is taken off?", &papers, "£950");
    assert_eq!(said("What is the charge for the ferry once the discount is taken off?", &papers), None);
}

#[test]
fn a_share_of_an_amount_is_told_as_an_amount() {
    let papers = harbour();
    let told =
        said("What is the highest sum in pounds that the deposit could be for a year?", &papers).unwrap();
    assert!(told.contains("**£270** = 15 % × £1,800"), "{told}");
    assert_eq!(
        said("What is the highest sum in pounds that the penalty could be for a year?", &papers),
        None
    );
}

#[test]
fn what_asks_for_no_reckoning_is_left_alone() {
    for question in
        ["Who drives the yard crane?", "When does the season begin?", "Wie heißt der Hafenmeister?"]
    {
        assert!(!is_asked(question), "{question}");
    }
}

fn cell(question: &str, papers: &[Paper]) -> Option<String> {
    assert!(asks_for_a_cell(question), "{question}");
    let language = crate::language::language_of(question, None, None).code;
    let crossed = crossed(question, papers, language)?;
    crossed.lines[0].text.split("**").nth(1).map(str::to_owned)
}

#[test]
fn a_cell_is_told_where_a_row_and_a_column_cross_that_are_named_whole() {
    let papers = [
        paper(
            "Rota_Lock_Keepers.md",
            "# Week 31\n\nE = early, from 05:30; L = late\n\n| Name | Mon 4 Aug | Tue 5 Aug | Wed 6 Aug |\n|---|---|---|---|\n| Ida Brandt | E | L | – |\n| Olof Sund | L | – | E |\n",
        ),
        paper(
            "Hoists.md",
            "# Hoists\n\n| Hoist | Hall | Kind | Rated load (kg) | Levelling tolerance (mm) |\n|---|---|---|---|---|\n| H1 | Kiln Hall | Goods | 1250 | 12 |\n| H2 | Kiln Hall | Ladder | 300 | 8 |\n| H3 | Drying Hall | Goods | 900 | 9 |\n",
        ),
        paper(
            "Pumps.md",
            "# Data\n\n| Model | Model | P20 | P45 |\n|---|---|---|---|\n| EER, 35 °C | – | 5.1 | 4.9 |\n| EER, 55 °C | – | 3.8 | 3.7 |\n| Weight | kg | 18.5 | 31 |\n",
        ),
    ];
    for (question, value) in [
        ("Which shift is Ida Brandt on, Tuesday 5 August?", "L = late"),
        ("How much can the goods hoist in the Kiln Hall carry?", "1,250 kg"),
        ("What is the energy ratio (EER) of the P45 with 55 degree flow?", "3.7"),
        ("rated load of H3", "900 kg"),
    ] {
        assert_eq!(cell(question, &papers).as_deref(), Some(value), "{question}");
    }
    for question in [
        // A name, a day, a hoist and a model that are not there; two hoists; nothing but a row.
        "Which shift is Ida Brandt on, Thursday 7 August?",
        "Which shift is Nils Brandt on, Tuesday 5 August?",
        "How much can the goods hoist in the Smithy carry?",
        "How much can the goods hoist carry?",
        "What is the energy ratio (EER) of the P90 with 55 degree flow?",
        "How long is the Kiln Hall?",
        "What are the rated load and the levelling tolerance of H3?",
    ] {
        assert_eq!(cell(question, &papers), None, "{question}");
    }
    assert!(!asks_for_a_cell("Which hoist has the highest rated load?"));
}

#[test]
fn what_two_editions_say_in_sentences_is_held_against_each_other() {
    let papers = [
        paper(
            "Ferry_Rules_2015.md",
            "# Rules\n\nA bicycle on board shall be tied with a strap not longer than three metres. Bicycles travel at the stern.\n\nA passenger may bring luggage of 20 kg. The gangway closes 5 minutes before sailing.\n\n16.  A mate may ask a passenger who breaks the ferry rules to leave.\n",
        ),
        paper(
            "Ferry_Rules_revised_2024.md",
            "# Rules\n\nA bicycle on board shall be tied with a strap not longer than 1.5 metres. Bicycles travel at the stern.\n\nA passenger may bring luggage of 25 kg. The gangway closes 5 minutes before sailing.\n\n17.  A mate may ask a passenger who breaks the ferry rules to leave.\n",
        ),
    ];
    for (question, one, other) in [
        (
            "How has the permitted length of a bicycle strap changed from the old ferry rules to the new ones?",
            "three metres",
            "1.5 metres",
        ),
        (
            "By how much did the luggage of a passenger go up from the 2015 to the 2024 rules?",
            "20 kg",
            "25 kg",
        ),
    ] {
        let told = said(question, &papers).unwrap_or_else(|| panic!("{question}"));
        assert!(told.contains(&format!("**{one}**")) && told.contains(&format!("**{other}**")), "{told}");
    }
    for question in [
        "By how much did the fare of a passenger go up from the 2015 to the 2018 rules?",
        "By how much did the fine for smoking at Ravensholm go up from the 2015 to the 2024 rules?",
        "How has the asking of a passenger who breaks the rules by a mate changed from the old ferry-rules to the new ones?",
        "How has the time of the gangway closing before sailing changed from the old ferry rules to the new ones?",
    ] {
        assert_eq!(said(question, &papers), None, "{question}");
    }
}
