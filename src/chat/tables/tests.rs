use super::*;

mod amounts;
mod lists;

fn table() -> Table {
    let text = "site | species | pairs | visited\n\n\
        site: Alder Marsh | species: lapwing | pairs: 14 | visited: 2024-05-02\n\
        site: Birch Hill | species: kestrel | pairs: 3 | visited: 2024-05-09\n\
        site: Cold Brook | species: dipper | pairs: 2 | visited: 2023-06-01\n\
        site: Dune End | species: tern | pairs: 41 | visited: 2024-06-17\n\
        site: Elm Farm | species: kestrel | pairs: 2 | visited: 2022-06-17\n";
    tables_in(text, 0, "birds").remove(0)
}

fn answer(question: &str) -> Option<String> {
    let table = table();
    let typed = Typed::of(&table);
    let (plan, _) = ask::parse(question, &typed, ask::SURE)?;
    run::run(&typed, &plan).map(|outcome| outcome.answers.join(", "))
}

#[test]
fn the_forms_of_the_grammar() {
    for (question, wanted) in [
        ("How many sites have kestrel?", "2"),
        ("How many sites have more than 10 pairs?", "2"),
        ("How many pairs are at Birch Hill?", "3"),
        ("Which site has the most pairs?", "Dune End"),
        ("Which species has the fewest pairs?", "dipper, kestrel"),
        ("What is the total number of pairs?", "62"),
        ("What is the average number of pairs?", "12.4"),
        ("What is the sum of pairs for kestrel?", "5"),
        ("How many different species are there?", "4"),
        ("What is the difference in pairs between Alder Marsh and Birch Hill?", "11"),
        ("Which site has more pairs, Alder Marsh or Dune End?", "Dune End"),
        ("Which site is listed after Birch Hill?", "Cold Brook"),
        ("Which species is at Cold Brook?", "dipper"),
        ("What is the last site listed?", "Elm Farm"),
        ("Which site has the same number of pairs as Cold Brook?", "Elm Farm"),
        ("How many sites were visited after 2023?", "3"),
        ("How many sites were visited between 2022 and 2023?", "2"),
        ("Which site was visited first?", "Elm Farm"),
        ("Does Alder Marsh have more pairs than Dune End?", "no"),
        ("Does Dune End have more pairs than Alder Marsh?", "yes"),
        ("Hat Dune End mehr pairs als Alder Marsh?", "ja"),
        ("Is Birch Hill still in the list?", "yes"),
        ("Is there a site with more than 40 pairs?", "yes"),
        ("Is there a site with more than 50 pairs?", "no"),
        ("Which species appears more than once?", "kestrel"),
        ("Which site is listed before Birch Hill?", "Alder Marsh"),
        ("Wie viele pairs hat Birch Hill?", "3"),
        ("Welche site hat die meisten pairs?", "Dune End"),
        ("Wie hoch ist die Summe von pairs?", "62"),
    ] {
        assert_eq!(answer(question).as_deref(), Some(wanted), "{question}");
    }
}

#[test]
fn what_is_not_understood_whole_is_not_computed() {
    for question in [
        "How many sites are protected by law?",
        "Which site has the most visitors?",
        "What is the sum of eggs?",
        "Why do kestrels hover?",
        "How many pairs will there be at Birch Hill in 2030?",
        "What is the weather in Paris?",
        "Who wrote the report?",
        "What do kestrels eat?",
        "Is the kestrel protected by law?",
        "Does Birch Hill have a car park?",
    ] {
        assert_eq!(answer(question), None, "{question}");
    }
}

/// A file of a made-up haulier: two sheets, the second with people in training.
const FLEET: &str = "# Drivers\n\nState of affairs in May\n\n\
    Driver no. | First name | Last name | Depot | Duty | Hours per week | Pay EUR | Since\n\n\
    Driver no.: D1 | First name: Ada | Last name: Holm | Depot: Kiel | Duty: Night tanker | Hours per week: 40 | Pay EUR: 3,100.00 | Since: 2019-03-01\n\
    Driver no.: D2 | First name: Ben | Last name: Ochs | Depot: Kiel | Duty: Courier | Hours per week: 20 | Pay EUR: 1,400.50 | Since: 2020-03-15\n\
    Driver no.: D3 | First name: Cleo | Last name: Marsh | Depot: Bremen | Duty: Courier | Hours per week: 30 | Pay EUR: 2,050.00 | Since: 2021-07-01\n\
    Driver no.: D4 | First name: Dov | Last name: Katz | Depot: Trier | Duty: Tanker | Hours per week: 40 | Pay EUR: 3,000.00 | Since: 2021-11-20\n\n\
    # Trainees\n\n\
    Name | Depot | Year\n\n\
    Name: Eve Lund | Depot: Kiel | Year: 1\n\
    Name: Finn Roth | Depot: Trier | Year: 2\n\
    Name: Gil Sand | Depot: Trier | Year: 2\n";

/// What comes out where all words are used: of the table that fits best.
fn plain_answer(text: &str, file: &str, question: &str) -> Option<String> {
    answer_by(plain::plainly, text, file, question)
}

/// The same where only what matters has to be used.
fn free_answer(text: &str, file: &str, question: &str) -> Option<String> {
    answer_by(plain::freely, text, file, question)
}

fn answer_by(
    read: fn(&str, &Typed<'_>, &Naming) -> Option<plain::Sure>,
    text: &str,
    file: &str,
    question: &str,
) -> Option<String> {
    let mut tables = tables_in(text, 0, file);
    let turned: Vec<Table> = tables.iter().filter_map(Table::turned).collect();
    tables.extend(turned);
    let mut found: Vec<(plain::Rank, String)> = Vec::new();
    for table in &tables {
        let typed = Typed::of(table);
        let naming = Naming::of(&table.title, file, "").with_legend(text).with_head(text);
        let Some(sure) = read(question, &typed, &naming) else { continue };
        let outcome = run::run(&typed, &sure.plan).unwrap();
        found.push((sure.rank, shown(&typed, &sure.plan, &outcome.answers, &outcome.rows).join(", ")));
    }
    let best = found.iter().map(|(rank, _)| *rank).max()?;
    let mut answers: Vec<String> =
        found.into_iter().filter(|(rank, _)| *rank == best).map(|it| it.1).collect();
    answers.dedup();
    (answers.len() == 1).then(|| answers.remove(0))
}

#[test]
fn plain_questions_to_office_tables_are_sure() {
    for (question, wanted) in [
        ("How many drivers are on the fleet roster in total?", "4"),
        ("how many people work in Kiel according to the fleet roster?", "2"),
        ("How many drivers are based in Kiel or Bremen?", "3"),
        ("Who works in Trier, according to the drivers sheet?", "Dov Katz"),
        ("which trainees do we have?", "Eve Lund, Finn Roth, Gil Sand"),
        ("List the trainees in Trier", "Finn Roth, Gil Sand"),
        ("how many weekly hours do all the drivers in Kiel have together?", "60"),
        ("What is the total pay of the drivers in the fleet roster 2024?", "9,550.50 EUR"),
        ("average pay of the couriers?", "1,725.25 EUR"),
        ("What is the highest pay in Kiel?", "3,100.00 EUR"),
        ("Which driver has the lowest pay?", "D2: 1,400.50 EUR"),
        ("Who has the lowest pay?", "Ben Ochs: 1,400.50 EUR"),
        ("How many drivers work more than 35 hours?", "2"),
        ("How many drivers have a pay over 2000 EUR?", "3"),
        ("Which drivers are there since 2021?", "D3, D4"),
        ("How many drivers started in March 2020?", "1"),
        ("What depot does Cleo Marsh belong to?", "Bremen"),
        ("pay of driver D4 ?", "3,000.00 EUR"),
        ("Wie viele Mitarbeiter arbeiten in Kiel laut Fleet Roster?", "2"),
        ("Wie viele Stunden pro Woche haben alle drivers in Kiel zusammen?", "60"),
    ] {
        let answer = plain_answer(FLEET, "Fleet_Roster_2024-05.xlsx", question);
        assert_eq!(answer.as_deref(), Some(wanted), "{question}");
    }
}

#[test]
fn what_a_table_is_called_is_no_condition() {
    let text = "| Action | Owner | Due |\n|---|---|---|\n| Buy salt | Ada Holm | 3 May 2024 |\n\
        | Mend gate | Ben Ochs | 9 June 2024 |\n| Sell van | Ada Holm | 30 May 2024 |\n";
    let asked = |question: &str| plain_answer(text, "Board_Meeting_2024-05-02.pdf", question);
    assert_eq!(
        asked("List the actions from the board meeting in May").as_deref(),
        Some("Buy salt, Mend gate, Sell van")
    );
    assert_eq!(asked("Show me the agreed actions").as_deref(), Some("Buy salt, Mend gate, Sell van"));
    assert_eq!(asked("How many actions does Ada Holm have?").as_deref(), Some("2"));
    assert_eq!(asked("When is the action Mend gate due?").as_deref(), Some("9 June 2024"));
}

#[test]
fn things_that_are_described_alike_are_compared() {
    let sheet = |name: &str, maker: &str, built: &str, noise: &str| {
        let text = format!(
            "| Field | Value |\n|---|---|\n| Pump | {name} |\n| Manufacturer | {maker} |\n| Year of manufacture | {built} |\n\
             | Noise level | {noise} dB |\n| Serial no. | {maker}-{built} |\n"
        );
        tables_in(&text, 0, "").remove(0).turned().unwrap()
    };
    let mut pumps = sheet("Feed pump FP-3", "Orbis", "1994", "71");
    pumps.join(&sheet("Sludge pump SP-8", "Kaltner", "2011", "83"));
    let typed = Typed::of(&pumps);
    let naming = Naming::of("", "Pump_Card", "");
    let asked = |question: &str| {
        let sure = plain::plainly(question, &typed, &naming)?;
        let outcome = run::run(&typed, &sure.plan).unwrap();
        Some(shown(&typed, &sure.plan, &outcome.answers, &outcome.rows).join(", "))
    };
    assert_eq!(asked("which pump was built in 1994?").as_deref(), Some("Feed pump FP-3"));
    assert_eq!(asked("What's the serial number of the sludge pump?").as_deref(), Some("Kaltner-2011"));
    assert_eq!(asked("Which pump is the loudest?").as_deref(), Some("Sludge pump SP-8: 83 dB"));
    assert_eq!(
        asked("Which is the loudest pump, the feed pump or the sludge pump?").as_deref(),
        Some("Sludge pump SP-8: 83 dB")
    );
    assert_eq!(asked("Who made the feed pump?"), None);
}

#[test]
fn a_word_from_around_the_table_is_no_reason_to_count_all() {
    let text = "Bill no. | Client | Net EUR\n\n\
        Bill no.: R-1 | Client: Hafen | Net EUR: 120.00\nBill no.: R-2 | Client: Nord | Net EUR: 80.00\n";
    let table = tables_in(text, 0, "Debtors.xlsx").remove(0);
    let typed = Typed::of(&table);
    let naming = Naming::of("Debtors.xlsx", "Debtors.xlsx", "Open bills as of 31 March");
    let asked = |question: &str| {
        let sure = plain::plainly(question, &typed, &naming)?;
        run::run(&typed, &sure.plan).map(|outcome| outcome.answers.join(", "))
    };
    assert_eq!(asked("How many are open?"), None);
    assert_eq!(asked("How many clients are open?"), None);
    assert_eq!(asked("What is the total net in the list of open bills?").as_deref(), Some("200"));
    assert_eq!(asked("How many bills of Hafen and Nord?").as_deref(), Some("2"));
}

#[test]
fn columns_of_yes_and_no_and_of_states_are_conditions() {
    let text = "Ticket ID | Opened | Client | Status | Assigned to | Hours spent | Billed\n\n\
        Ticket ID: 71 | Opened: 2025-01-07 | Client: Ohm | Status: Closed | Assigned to: Mara Voss | Hours spent: 3.5 | Billed: yes\n\
        Ticket ID: 72 | Opened: 2025-02-03 | Client: Ohm | Status: Open | Assigned to: Tim Falk | Hours spent: 1 | Billed: no\n\
        Ticket ID: 73 | Opened: 2025-02-11 | Client: Zeder | Status: Closed | Assigned to: Mara Voss | Hours spent: 2 | Billed: no\n\
        Ticket ID: 74 | Opened: 2025-03-19 | Client: Ohm | Status: Open | Assigned to: Tim Falk | Hours spent: 4 | Billed: no\n";
    for (question, wanted) in [
        ("How many tickets were opened in February 2025?", Some("2")),
        ("which tickets are still open?", Some("72, 74")),
        ("How many tickets are unbilled?", Some("3")),
        ("Which tickets have not been billed?", Some("72, 73, 74")),
        ("How many tickets were billed?", Some("1")),
        ("Who is assigned to ticket 73?", Some("Mara Voss")),
        ("How many hours did Mara Voss spend?", Some("5.5")),
        ("Which ticket took the most hours?", Some("74: 4")),
        ("Which client has the most hours?", None),
        ("How many tickets were not opened by Ohm?", None),
    ] {
        let answer = plain_answer(text, "Tickets.csv", question);
        assert_eq!(answer.as_deref(), wanted, "{question}");
    }
}

#[test]
fn a_word_without_use_leaves_it_open() {
    for question in [
        "How many drivers left in Kiel?",
        "How many drivers are not in Kiel?",
        "How many drivers speak French?",
        "What is the total fuel of the drivers?",
        "Which trainees will be taken on?",
        "How many hours do drivers rest?",
        "How many people live in Kiel?",
        "Who pays the drivers?",
    ] {
        assert_eq!(plain_answer(FLEET, "Fleet_Roster_2024-05.xlsx", question), None, "{question}");
    }
}

/// What comes out of each question; "-" where nothing does.
fn told(asked: &dyn Fn(&str) -> Option<String>, cases: &[(&str, &str)]) {
    let told =
        cases.iter().map(|(question, _)| (*question, asked(question).unwrap_or_else(|| "-".to_owned())));
    let wrong: Vec<(&str, String)> =
        told.zip(cases).filter(|((_, told), (_, wanted))| told != wanted).map(|(told, _)| told).collect();
    assert_eq!(wrong, []);
}

/// A file of a made-up boatyard, in German.
const BOATS: &str = "# Boote\n\nBootsliste der Werft, Stand Mai\n\n\
    Rumpfnr. | Boot | Liegeplatz | Hersteller | Baujahr | Masse t | Mietpreis EUR | Nächste Prüfung\n\n\
    Rumpfnr.: R-11 | Boot: Jolle Wanda | Liegeplatz: Steg C | Hersteller: Nordlund | Baujahr: 1998 | Masse t: 0.8 | Mietpreis EUR: 40 | Nächste Prüfung: 03/2026\n\
    Rumpfnr.: R-12 | Boot: Kutter Ilse | Liegeplatz: Steg A | Hersteller: Brook | Baujahr: 1974 | Masse t: 9.5 | Mietpreis EUR: 310 | Nächste Prüfung: 08/2025\n\
    Rumpfnr.: R-13 | Boot: Yacht Zoe | Liegeplatz: Steg C | Hersteller: Brook | Baujahr: 2015 | Masse t: 6.1 | Mietpreis EUR: 520 | Nächste Prüfung: 11/2025\n\
    Rumpfnr.: R-14 | Boot: Prahm Otto | Liegeplatz: Steg B | Hersteller: Nordlund | Baujahr: 1988 | Masse t: 14 | Mietpreis EUR: 180 | Nächste Prüfung: 08/2027\n";

#[test]
fn a_table_is_found_by_its_name_in_another_language() {
    let asked = |question: &str| free_answer(BOATS, "Bootsliste_2025.xlsx", question);
    let loans = "Werkzeug | Person | Wert EUR\n\n\
        Werkzeug: Hobel | Person: Ada Holm | Wert EUR: 50\nWerkzeug: Säge | Person: Ben Ochs | Wert EUR: 20\n\
        Werkzeug: Zange | Person: Ben Ochs | Wert EUR: 10\n";
    let tools = |question: &str| free_answer(loans, "Werkzeugliste.xlsx", question);
    told(
        &tools,
        &[
            ("how many tools are on the tool list?", "3"),
            ("What is the total value of everything in the tool list?", "80 EUR"),
            ("combien d'outils sont dans la liste ?", "3"),
        ],
    );
    told(
        &asked,
        &[
            ("Wie viele Boote stehen auf der Bootsliste?", "4"),
            ("how many ships are on the list of boats?", "4"),
            ("how many pages are in the list?", "-"),
        ],
    );
    told(&tools, &[("how many cars are on the tool list?", "-")]);
}

#[test]
fn rows_are_found_by_what_stands_in_a_column_that_is_not_named() {
    let asked = |question: &str| free_answer(BOATS, "Bootsliste_2025.xlsx", question);
    told(
        &asked,
        &[
            ("Welche Boote liegen an Steg C?", "R-11, Jolle Wanda, R-13, Yacht Zoe"),
            ("which machines are kept at Steg A", "R-12, Kutter Ilse"),
            ("How many boats come from Brook?", "2"),
            ("how many entries in the Bootsliste are made by Nordlund?", "2"),
            ("Which supplier delivers the Kutter Ilse?", "-"),
            ("welche Boote müssen 2025 zur Prüfung?", "R-12, Kutter Ilse, R-13, Yacht Zoe"),
            (
                "Welche Boote müssen 2025 zur Prüfung? Liegeplatz bitte",
                "R-12, Kutter Ilse, Steg A, R-13, Yacht Zoe, Steg C",
            ),
            ("quels bateaux viennent de Nordlund ?", "R-11, Jolle Wanda, R-14, Prahm Otto"),
            ("What is the total Mietpreis of the boats made by Brook?", "830 EUR"),
            ("Which people stand at Steg C?", "-"),
            ("How many boats sank at Steg C?", "-"),
            ("Which boats are not at Steg C?", "-"),
        ],
    );
}

#[test]
fn superlatives_need_no_name_of_a_column() {
    let asked = |question: &str| free_answer(BOATS, "Bootsliste_2025.xlsx", question);
    told(
        &asked,
        &[
            ("Which boat is the heaviest?", "Prahm Otto: 14 t"),
            ("What is the oldest boat at Steg C?", "Jolle Wanda: 1998"),
            ("Welches Boot ist das billigste?", "Jolle Wanda: 40 EUR"),
            ("quel bateau est le plus cher ?", "Yacht Zoe: 520 EUR"),
            ("Which boat is the fastest?", "-"),
        ],
    );
    let alarms = "| alarm | started | minutes |\n|---|---|---|\n| A-1 | 2025-01-08 | 36 |\n| A-2 | 2025-02-11 | 310 |\n\
        | A-3 | 2025-05-02 | 58 |\n";
    let alarms = |question: &str| free_answer(alarms, "alarms_2025_h1.csv", question);
    told(
        &alarms,
        &[
            ("Which alarm in the first half of 2025 lasted longest?", "A-2: 310"),
            ("Wie viele Alarme gab es im 1. Halbjahr 2025?", "3"),
            ("Which alarm in the second half of 2025 lasted longest?", "-"),
        ],
    );
}

#[test]
fn what_is_left_and_how_far_rows_are_apart_is_computed() {
    let text = "Line | Title | Budget kEUR | Spent until May kEUR\n\n\
        Line: L-1 | Title: Roof north hall | Budget kEUR: 300 | Spent until May kEUR: 80.4\n\
        Line: L-2 | Title: Fence | Budget kEUR: 40 | Spent until May kEUR: 39\n";
    let budget = |question: &str| free_answer(text, "Budget_2025.xlsx", question);
    told(
        &budget,
        &[
            ("how much of the budget for the north hall roof is still unspent end of May?", "219.6 kEUR"),
            ("Wie viel vom Budget für L-2 ist noch übrig?", "1 kEUR"),
            ("how much of the paint for the fence is left?", "-"),
        ],
    );
    let offers = "Option | Kind | Mass t | Price EUR\n\n\
        Option: A | Kind: dry | Mass t: 4 | Price EUR: 18,000\nOption: B | Kind: wet | Mass t: 3.5 | Price EUR: 20,500\n\
        Option: C | Kind: wet | Mass t: 3 | Price EUR: 21,000\n";
    let offers = |question: &str| free_answer(offers, "Quote_Holm.pdf", question);
    told(
        &offers,
        &[
            ("price difference between options A and B?", "2,500 EUR (A: 18,000 EUR; B: 20,500 EUR)"),
            ("Preisunterschied zwischen Option A und C", "3,000 EUR (A: 18,000 EUR; C: 21,000 EUR)"),
            ("how much heavier is option A than option B?", "0.5 t (A: 4 t; B: 3.5 t)"),
            ("how much taller is option A than option B?", "-"),
        ],
    );
}

#[test]
fn things_in_columns_are_held_beside_one_another() {
    let text = "| Parameter | Unit | KX4 | KX5 | KX9 |\n|---|---|---|---|---|\n| Head | m | 12 | 15 | 19 |\n\
        | Mass | kg | 404 | 517 | 611 |\n| Motor power | kW | 9 | 14 | 21 |\n| Seal | - | lip | lip | cartridge |\n";
    let asked = |question: &str| free_answer(text, "Datasheet.pdf", question);
    told(
        &asked,
        &[
            ("compare the weight of KX4 and KX5", "KX4: 404 kg, KX5: 517 kg"),
            ("How much heavier is the KX9 than the KX4?", "207 kg (KX4: 404 kg; KX9: 611 kg)"),
            ("weight of the KX9 pump", "611 kg"),
            ("compare the colour of KX4 and KX5", "-"),
        ],
    );
}

#[test]
fn two_things_that_are_asked_of_a_row_are_both_told() {
    let text = "Name | Duty | Ext. | Room\n\nName: Ada Holm | Duty: Safety Officer | Ext.: 41 | Room: 2.09\n\
        Name: Ben Ochs | Duty: Buyer | Ext.: 42 | Room: 2.10\n";
    let asked = |question: &str| free_answer(text, "phones.html", question);
    told(
        &asked,
        &[
            ("room and extension of the safety officer", "Room: 2.09; Ext.: 41"),
            ("mobile number of Ada Holm?", "-"),
        ],
    );
}

#[test]
fn letters_in_cells_are_counted_by_their_legend() {
    let sheet = |week: &str, ann: &str| {
        format!(
            "# Week {week}\n\nE = early, L = late, N = night, - = off\n\nName | Mon | Tue | Wed | Thu\n\nName: Ann Weir | {ann}\n\
            Name: Bo Lind | Mon: N | Tue: N | Wed: N | Thu: E\n\n"
        )
    };
    let text =
        sheet("7", "Mon: E | Tue: N | Wed: N | Thu: -") + &sheet("8", "Mon: L | Tue: L | Wed: N | Thu: E");
    let asked = |question: &str| free_answer(&text, "Roster.xlsx", question);
    told(
        &asked,
        &[
            ("how many night shifts does Ann Weir have in week 7?", "2"),
            ("How many late shifts has Ann Weir in week 8", "2"),
            ("how many double shifts does Ann Weir have in week 7?", "-"),
            ("how many night shifts does Eve Long have in week 7?", "-"),
        ],
    );
}

#[test]
fn a_year_that_is_a_column_gives_its_cell() {
    let text = "| Museum | 2021 | 2022 |\n|---|---|---|\n| Harbour Museum | 310 | 455 |\n| Mill Museum | 120 | 98 |\n";
    let asked = |question: &str| free_answer(text, "Visitors.xlsx", question);
    told(
        &asked,
        &[
            ("How many visitors did the Harbour Museum have in 2022?", "455"),
            ("how many guests did the Mill Museum have in 2021", "120"),
            ("How many visitors did the Harbour Museum have in 2020?", "-"),
        ],
    );
}

#[test]
fn words_for_the_rows_are_no_conditions() {
    let text = "| Tag | Item | Place |\n|---|---|---|\n| T-1 | Lathe | Yard C |\n| T-2 | Milling machine | Yard C |\n| T-3 | Saw | Yard B |\n";
    let asked = |question: &str| free_answer(text, "Register.xlsx", question);
    told(
        &asked,
        &[
            ("Which machines are kept in Yard C?", "T-1, Lathe, T-2, Milling machine"),
            ("Which parts in the register are in Yard B?", "T-3, Saw"),
            ("which PO is on the lathe in the register?", "-"),
        ],
    );
}

#[test]
fn freer_words_still_leave_it_open() {
    let asked = |question: &str| free_answer(FLEET, "Fleet_Roster_2024-05.xlsx", question);
    told(
        &asked,
        &[
            ("How many drivers left in Kiel?", "-"),
            ("How many drivers are not in Kiel?", "-"),
            ("How many drivers speak French?", "-"),
            ("What is the total fuel of the drivers?", "-"),
            ("Which trainees will be taken on?", "-"),
            ("How many hours do drivers rest?", "-"),
            ("How many people live in Kiel?", "-"),
            ("Who pays the drivers?", "-"),
            ("How many dogs are in Kiel?", "-"),
            ("When did Ada Holm resign?", "-"),
            ("Which driver is the tallest?", "-"),
        ],
    );
}
