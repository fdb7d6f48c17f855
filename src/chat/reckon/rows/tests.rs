use crate::reckon::{Paper, crossed, is_asked, reckon};
use crate::tables::tables_in;

fn paper(file: &str, text: &str) -> Paper {
    Paper { file: file.to_owned(), text: text.to_owned(), start: 0, tables: tables_in(text, 0, file) }
}

fn lines(question: &str, papers: &[Paper]) -> Option<String> {
    let language = crate::language::language_of(question, None, None).code;
    let reckoned = if is_asked(question) { reckon(question, papers, language) } else { None };
    let reckoned = reckoned.or_else(|| crossed(question, papers, language))?;
    assert!(reckoned.lines.iter().any(|line| !line.places.is_empty()), "without a source: {reckoned:?}");
    Some(reckoned.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
}

/// What stands in bold first.
fn bold(question: &str, papers: &[Paper]) -> Option<String> {
    lines(question, papers)?.split("**").nth(1).map(str::to_owned)
}

fn lock() -> Vec<Paper> {
    vec![
        paper(
            "Barges_2021.xlsx",
            "# Barges\n\nBarges of the canal company, 1 March 2021\n\nBarge | Built | Drive | Holds | Crane | Mate\n\nBarge: MB Ida | Built: 1968 | Drive: diesel | Holds: 2 | Crane: yes | Mate: Olof Sund\nBarge: MB Kestrel | Built: 1999 | Drive: electric | Holds: 3 | Crane: no | Mate: Runa Falk\nBarge: MB Heron | Built: 2007 | Drive: electric | Holds: 1 | Crane: no | Mate: Piet Krol\nBarge: MB Bittern | Built: 1974 | Drive: diesel | Holds: 4 | Crane: yes | Mate: Olof Sund\n\n# Toll cards\n\nCard no. | Barge | Yearly limit (£)\n\nCard no.: 31-07 | Barge: MB Ida | Yearly limit (£): 640\nCard no.: 31-08 | Barge: MB Heron | Yearly limit (£): 410\nCard no.: 31-09 | Barge: MB Kestrel | Yearly limit (£): 520\n",
        ),
        paper(
            "Lockings_2020_2021.xlsx",
            "# Lockings 2020\n\nMonth | C1 Alder Lock | C2 Birch Lock | All locks\n\nMonth: May | C1 Alder Lock: 310 | C2 Birch Lock: 220 | All locks: 530\nMonth: June | C1 Alder Lock: 340 | C2 Birch Lock: 260 | All locks: 600\nMonth: July | C1 Alder Lock: 390 | C2 Birch Lock: 255 | All locks: 645\nMonth: Year 2020 | C1 Alder Lock: 1,040 | C2 Birch Lock: 735 | All locks: 1,775\n\n# Lockings 2021\n\nMonth | C1 Alder Lock | C2 Birch Lock | All locks\n\nMonth: May | C1 Alder Lock: 315 | C2 Birch Lock: 225 | All locks: 540\nMonth: June | C1 Alder Lock: 345 | C2 Birch Lock: 265 | All locks: 610\nMonth: July | C1 Alder Lock: 395 | C2 Birch Lock: 250 | All locks: 645\nMonth: Year 2021 | C1 Alder Lock: 1,055 | C2 Birch Lock: 740 | All locks: 1,795\n",
        ),
        paper(
            "Keepers_rota.xlsx",
            "# Alder\n\nKeepers at Alder Lock\n\nPost | Week 31 (2 – 8 Aug) | Week 32 (9 – 15 Aug)\n\nPost: Keeper | Week 31 (2 – 8 Aug): Brandt | Week 32 (9 – 15 Aug): Sund\nPost: Deputy keeper | Week 31 (2 – 8 Aug): Falk | Week 32 (9 – 15 Aug): Krol\n\n# Birch\n\nKeepers at Birch Lock\n\nPost | Week 31 (2 – 8 Aug) | Week 32 (9 – 15 Aug)\n\nPost: Keeper | Week 31 (2 – 8 Aug): Quist | Week 32 (9 – 15 Aug): Quist\nPost: Deputy keeper | Week 31 (2 – 8 Aug): Moor | Week 32 (9 – 15 Aug): Ahlers\n",
        ),
        paper(
            "stoppages_2021.csv",
            "date | number | lock | reason | hours_lost\n\ndate: 2021-02-03 | number: S-01 | lock: Alder | reason: Ice | hours_lost: 30\ndate: 2021-02-19 | number: S-02 | lock: Birch | reason: Ice | hours_lost: 12\ndate: 2021-04-07 | number: S-03 | lock: Alder | reason: Gate repair | hours_lost: 55\ndate: 2021-06-11 | number: S-04 | lock: Alder | reason: Low water | hours_lost: 8\n",
        ),
        paper(
            "Stores.xlsx",
            "# Gate spares\n\nCode | Description | Quantity | Reorder level | Price (£)\n\nCode: G-10 | Description: Oak beam 4 m, planed | Quantity: 3 | Reorder level: 5 | Price (£): 310\nCode: G-11 | Description: Sluice gear 12 kg, cast | Quantity: 9 | Reorder level: 6 | Price (£): 95\nCode: G-12 | Description: Heel post collar | Quantity: 2 | Reorder level: 2 | Price (£): 140\nCode: G-13 | Description: Seal strip, rubber | Quantity: 40 | Reorder level: 60 | Price (£): 12\n",
        ),
        paper(
            "Kartenverkauf_2021.xlsx",
            "# Verkauf je Kasse\n\nMitarbeiter | Karten Januar | Karten Februar | Karten März | Karten April\n\nMitarbeiter: Ida Brandt | Karten Januar: 20 | Karten Februar: 25 | Karten März: 31 | Karten April: 40\nMitarbeiter: Olof Sund | Karten Januar: 18 | Karten Februar: 22 | Karten März: 27 | Karten April: 36\n",
        ),
        paper(
            "Wharf_leases.xlsx",
            "# Leases\n\nTenant | Lease ends | Rent (£)\n\nTenant: Quist Timber | Lease ends: 31/03/2022 | Rent (£): 900\nTenant: Ravn Metals | Lease ends: 31/12/2022 | Rent (£): 700\nTenant: Moor Boats | Lease ends: 31/12/2022 | Rent (£): 650\nTenant: Ahlers & Co | Lease ends: 31/12/2023 | Rent (£): 500\n",
        ),
        paper(
            "Works_plan_2022.xlsx",
            "# Lock repairs\n\nJob | Work | Amount (£) | Status\n\nJob: W1 | Work: Gate renewal | Amount (£): 60,000 | Status: tender\nJob: W2 | Work: Towpath | Amount (£): 25,000 | Status: done\nJob: W3 | Work: Sluice gear | Amount (£): 15,000 | Status: tender\nJob: Total | Amount (£): 100,000\n",
        ),
    ]
}

#[test]
fn a_cell_is_told_by_its_row_and_its_column_in_whatever_words() {
    let papers = lock();
    for (question, value) in [
        ("How many lockings were there at Birch Lock in July 2020?", "255"),
        ("How many lockings did Birch Lock have in July 2021?", "250"),
        ("Who is down as deputy keeper at Birch for the week of 9 to 15 August?", "Ahlers"),
        ("Who is keeper at Alder on 4 August?", "Brandt"),
        ("What is the yearly limit on the toll card for the Heron?", "£410"),
        ("How many of the 12 kilo sluice gears are there?", "9"),
    ] {
        assert_eq!(bold(question, &papers).as_deref(), Some(value), "{question}");
    }
    for question in [
        // No such year, month, lock, post, barge or thing.
        "How many lockings did Birch Lock have in July 2019?",
        "How many lockings did Birch Lock have in August 2021?",
        "How many lockings did Cedar Lock have in July 2021?",
        "Who is down as cook at Birch for the week of 9 to 15 August?",
        "What is the yearly limit on the toll card for the Petrel?",
        "What is the yearly limit on the crane of MB Bittern?",
        "How many of the 15 kilo sluice gears are there?",
        "At the stocktake in July, how many Birch Lock blankets were away being cleaned?",
    ] {
        assert_eq!(bold(question, &papers), None, "{question}");
    }
}

#[test]
fn rows_are_counted_by_what_holds_of_them() {
    let papers = lock();
    for (question, count) in [
        ("How many of our barges were built before the year 1980?", "2"),
        ("How often was there ice in 2021 according to the list of stoppages?", "2"),
        ("How many entries in the list of stoppages concern Alder?", "3"),
        ("How many of the lock repairs for 2022 are out to tender?", "2"),
        ("How many stoppages were there in February 2021?", "2"),
        ("How many leases in the list of leases run out in 2022?", "3"),
    ] {
        assert_eq!(bold(question, &papers).as_deref(), Some(count), "{question}");
    }
    let told = lines("How many of our barges were built before 1980?", &papers).unwrap();
    assert!(told.contains("MB Ida, MB Bittern"), "{told}");
    for question in [
        "How many of our barges were sold before the year 1980?",
        "How many entries in the list of stoppages concern Cedar?",
        "How many passengers were hurt by ice in 2021?",
        "How many holds does the Kestrel have in winter at Ravensholm?",
    ] {
        assert_eq!(bold(question, &papers), None, "{question}");
    }
}

#[test]
fn rows_are_listed_by_what_holds_of_them() {
    let papers = lock();
    let list = |question: &str| lines(question, &papers).unwrap_or_else(|| panic!("{question}"));
    let electric = list("Which barges run on electricity?");
    assert!(
        electric.contains("Kestrel") && electric.contains("Heron") && !electric.contains("Ida"),
        "{electric}"
    );
    let cranes = list("Which of our barges have a crane?");
    assert!(cranes.contains("Ida") && cranes.contains("Bittern") && !cranes.contains("Heron"), "{cranes}");
    let low = list("Which gate spares have fallen below their reorder level?");
    assert!(low.contains("Oak beam") && low.contains("Seal strip") && !low.contains("collar"), "{low}");
    for question in [
        "Which barges run on steam?",
        "Which barges do not have a crane?",
        "Which barges have a crane and a kitchen?",
        "Which barges at Ravensholm have a crane?",
    ] {
        assert_eq!(lines(question, &papers), None, "{question}");
    }
}

#[test]
fn rows_and_columns_are_added_and_held_against_their_total() {
    let papers = lock();
    for (question, sum) in [
        ("How many hours did we lose altogether through the stoppages of 2021?", "105"),
        ("How many hours were lost in total at Alder in 2021?", "93"),
        ("Wie viele Karten hat Ida Brandt im ersten Quartal 2021 insgesamt verkauft?", "76"),
        ("What share of the lock repair money of 2022 goes into the towpath?", "25 %"),
    ] {
        assert_eq!(bold(question, &papers).as_deref(), Some(sum), "{question}");
    }
    let apart = lines(
        "Did the Alder or the Birch lock see more lockings over the whole of 2021, and how many more?",
        &papers,
    )
    .unwrap();
    assert!(apart.contains("**315**") && apart.starts_with("**C1 Alder Lock"), "{apart}");
    let month = lines(
        "Which lock had more lockings in June 2020, Alder Lock or Birch Lock, and by how many?",
        &papers,
    )
    .unwrap();
    assert!(month.contains("**80**"), "{month}");
    for question in [
        "How many hours did we lose altogether through the stoppages of 2019?",
        "How many hours were lost in total at Cedar in 2021?",
        "Wie viele Karten hat Piet Krol im ersten Quartal 2021 insgesamt verkauft?",
        "What share of the lock repair money of 2022 goes into the harbour?",
    ] {
        assert_eq!(bold(question, &papers), None, "{question}");
    }
}
