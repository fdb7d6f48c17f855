use super::*;

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
    let plan = ask::parse(question, &table)?;
    run::run(&table, &plan).map(|outcome| outcome.answers.join(", "))
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
    ] {
        assert_eq!(
            answer(question).as_deref(),
            Some(wanted),
            "{question} {:?}",
            ask::parse(question, &table())
        );
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
    ] {
        assert_eq!(answer(question), None, "{question}");
    }
}

/// `TABLES=1 cargo test -p docent-chat --lib tables -- --nocapture`: how many of the questions to given tables are answered.
#[test]
fn measured_on_the_tables_of_an_encyclopedia() {
    if std::env::var_os("TABLES").is_none() {
        eprintln!("skipped: set TABLES to measure");
        return;
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/wikitables");
    let Ok(queries) = std::fs::read_to_string(folder.join("queries.jsonl")) else {
        eprintln!("skipped: no ../shared/eval/wikitables");
        return;
    };
    let (mut right, mut wrong, mut all) = (0, Vec::new(), 0);
    for line in queries.lines() {
        let query: serde_json::Value = serde_json::from_str(line).unwrap();
        let text =
            std::fs::read_to_string(folder.join("tables").join(query["table"].as_str().unwrap())).unwrap();
        let table = from_csv(&text);
        let question = query["text"].as_str().unwrap();
        all += 1;
        let Some(plan) = ask::parse(question, &table) else { continue };
        let Some(outcome) = run::run(&table, &plan) else { continue };
        let clean = |text: &str| text.to_lowercase().replace(['"', ','], "").trim().to_owned();
        let mut gold: Vec<String> =
            query["answers"].as_array().unwrap().iter().map(|it| clean(it.as_str().unwrap())).collect();
        let mut mine: Vec<String> = outcome.answers.iter().map(|it| clean(it)).collect();
        gold.sort();
        mine.sort();
        if gold == mine {
            right += 1;
        } else {
            wrong
                .push(format!("{} {question} | {mine:?} for {gold:?} | {}", query["table"], outcome.formula));
        }
    }
    eprintln!("{right} right, {} wrong of {all}", wrong.len());
    if std::env::var_os("TABLES").is_some() {
        eprintln!("{}", wrong.join("\n"));
    }
}

fn from_csv(text: &str) -> Table {
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = |rows: &mut Vec<Vec<String>>, c| rows.last_mut().unwrap().last_mut().unwrap().push(c);
        match c {
            '\\' if quoted && chars.peek() == Some(&'"') => cell(&mut rows, chars.next().unwrap()),
            '"' if quoted && chars.peek() == Some(&'"') => cell(&mut rows, chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => rows.last_mut().unwrap().push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\n' => cell(&mut rows, ' '),
            c => cell(&mut rows, c),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let names = rows.remove(0);
    let width = names.len();
    let row = |mut cells: Vec<String>| {
        cells.resize(width, String::new());
        Row { cells, start: 0, end: 0 }
    };
    Table { title: String::new(), names, rows: rows.into_iter().map(row).collect() }
}
