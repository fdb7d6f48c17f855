//! How many of the questions to given tables are answered, and the weights learned anew.
//!
//! `TABLES=FOLDER cargo test -p docent-chat --lib tables::measure -- --nocapture` reads `FOLDER/queries.jsonl`
//! (`{id, text, table, answers}`) and `FOLDER/tables`, and says how many are right and wrong, for each half of the
//! questions, and how many have a right reading at all; `TABLES_LIST=unsure,other,uncovered` lists the others, and
//! `all` every one. With `TABLES_LEARN=FOLDER` it learns from such a folder first and writes `weights.tsv`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tables::ask::key;
use crate::tables::learn::Learner;
use crate::tables::*;

/// Of as many questions one is put to another table, and as many tables have plain questions made from them.
const FOREIGN: usize = 4;
const MADE: usize = 10;

#[derive(Clone)]
struct Query {
    id: String,
    text: String,
    table: PathBuf,
    answers: Vec<String>,
}

#[test]
fn measured_on_the_tables_of_an_encyclopedia() {
    if let Some(folder) = std::env::var_os("TABLES_LEARN") {
        let queries = queries(Path::new(&folder));
        let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/weights.tsv");
        fs::write(weights, learned(&queries)).unwrap();
        eprintln!("learned from {} questions; build again to measure", queries.len());
        return;
    }
    let Some(folder) = std::env::var_os("TABLES") else {
        eprintln!("skipped: set TABLES to a folder to measure");
        return;
    };
    let (odd, even): (Vec<Query>, Vec<Query>) = queries(Path::new(&folder))
        .into_iter()
        .partition(|query| query.id.bytes().map(usize::from).sum::<usize>() % 2 == 1);
    let (one, other) = (measured(&odd), measured(&even));
    assert!(one + other > 0.0, "no question is answered");
}

/// The share of right answers.
fn measured(queries: &[Query]) -> f64 {
    let (mut right, mut wrong, mut likeliest, mut covered) = (0_u32, 0_u32, 0_u32, 0_u32);
    let (mut plain, mut plainly) = (0_u32, 0_u32);
    let list = std::env::var("TABLES_LIST").unwrap_or_default();
    for query in queries {
        let table = from_csv(&fs::read_to_string(&query.table).unwrap());
        let typed = Typed::of(&table);
        let naming = Naming::default();
        let sure = plain::plainly(&query.text, &typed, &naming);
        if let Some(sure) = sure.or_else(|| plain::freely(&query.text, &typed, &naming)) {
            let outcome = run::run(&typed, &sure.plan).unwrap();
            let fits = same(&outcome.answers, &query.answers);
            (plain, plainly) = (plain + 1, plainly + u32::from(fits));
            right += u32::from(fits);
            wrong += u32::from(!fits);
            let what = if fits { "right" } else { "wrong" };
            say(&list, what, query, &outcome.answers, 2.0, &outcome.formula);
            continue;
        }
        let Some(asked) = ask::Asked::of(&query.text, &typed) else { continue };
        let readings = ask::readings(&asked);
        let fits = |at: usize| same(&readings.all[at].answers, &query.answers);
        let there = (0..readings.all.len()).any(fits);
        covered += u32::from(there);
        let Some((best, likely)) = ask::best(&readings, weights::Weights::known()) else {
            say(&list, "none", query, &[], 0.0, "");
            continue;
        };
        let fits = fits(best);
        likeliest += u32::from(fits);
        let given = likely >= ask::SURE;
        right += u32::from(given && fits);
        wrong += u32::from(given && !fits);
        let what = match (given, fits, there) {
            (true, true, _) => "right",
            (true, false, _) => "wrong",
            (false, true, _) => "unsure",
            (false, false, true) => "other",
            (false, false, false) => "uncovered",
        };
        let reading = &readings.all[best];
        let conditions = readings.sets[reading.candidate.set].conditions.clone();
        let plan = plan::Plan { what: reading.candidate.what.clone(), conditions };
        let formula = run::run(&typed, &plan).map(|it| it.formula).unwrap_or_default();
        say(&list, what, query, &reading.answers, likely, &formula);
    }
    let all = f64::from(u32::try_from(queries.len()).unwrap().max(1));
    let share = |count: u32| f64::from(count) * 100.0 / all;
    eprintln!(
        "{right} right ({:.1} %), {wrong} wrong ({:.1} %) of {}; the likeliest reading is right for {likeliest} ({:.1} %), \
         any is for {covered} ({:.1} %); {plain} read plainly, {plainly} of them right",
        share(right),
        share(wrong),
        queries.len(),
        share(likeliest),
        share(covered)
    );
    share(right)
}

/// One line for a question of this kind, where they are wanted: always for wrong answers.
fn say(list: &str, what: &str, query: &Query, answers: &[String], likely: f64, formula: &str) {
    if what == "wrong" || list.split(',').any(|wanted| wanted == what || wanted == "all") {
        let table = query.table.file_name().unwrap().to_string_lossy();
        let gold = &query.answers;
        eprintln!("{what} {likely:.2}: {} | {answers:?} for {gold:?} | {formula} | {table}", query.text);
    }
}

fn learned(queries: &[Query]) -> String {
    let mut learner = Learner::default();
    let tables: Vec<Table> =
        queries.iter().map(|query| from_csv(&fs::read_to_string(&query.table).unwrap())).collect();
    for (n, (query, table)) in queries.iter().zip(&tables).enumerate() {
        let typed = Typed::of(table);
        learner.add(&query.text, &typed, |answers| same(answers, &query.answers));
        let other = (n + 7) % queries.len();
        if n % FOREIGN == 0 && tables[other] != *table {
            learner.add(&queries[other].text, &typed, |_| false);
        }
        if n % MADE == 0 {
            let foreign = tables[other].names.iter().find(|name| {
                name.len() > 4 && name.chars().any(char::is_alphabetic) && !table.names.contains(name)
            });
            let foreign = foreign.map_or("eggs", String::as_str);
            for made in forms::made(&typed, n / MADE, foreign) {
                let wanted = key(&made.answers);
                learner.add(&made.question, &typed, |answers| {
                    !made.answers.is_empty() && key(answers) == wanted
                });
            }
        }
    }
    learner.learned()
}

fn queries(folder: &Path) -> Vec<Query> {
    let text = fs::read_to_string(folder.join("queries.jsonl")).unwrap();
    let query = |line: &str| {
        let query: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| query[name].as_str().unwrap().to_owned();
        let answers = query["answers"].as_array().unwrap().iter();
        Query {
            id: text("id"),
            text: text("text"),
            table: folder.join("tables").join(text("table")),
            answers: answers.map(|answer| answer.as_str().unwrap().to_owned()).collect(),
        }
    };
    text.lines().map(query).collect()
}

/// As those who made the questions count: notes and what stands in brackets behind an answer are no difference, nor is how
/// a number is written.
fn same(mine: &[String], gold: &[String]) -> bool {
    let clean = |answers: &[String]| {
        let mut clean: Vec<String> = answers.iter().map(|answer| plain(answer)).collect();
        clean.sort();
        clean
    };
    clean(mine) == clean(gold)
}

fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace(['"', '“', '”', ','], "").replace(['‐', '‑', '–', '—', '−'], "-");
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    loop {
        let bare = text.trim_end_matches(['†', '‡', '*', '#', '+', '•', '♦', ' ']);
        let bracketed = [(" (", ')'), ("[", ']')].into_iter().find_map(|(open, close)| {
            let inner = bare.strip_suffix(close)?;
            let (before, within) = inner.rsplit_once(open)?;
            (!before.is_empty() && !within.contains(close)).then_some(before)
        });
        let bare = bracketed.unwrap_or(bare);
        if bare.is_empty() || bare.len() == text.len() {
            break;
        }
        text = bare.to_owned();
    }
    let text = text.strip_suffix('.').unwrap_or(&text);
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string())
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
