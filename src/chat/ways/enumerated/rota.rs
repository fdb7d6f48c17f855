//! Rotas: a row for each person, a column for each day, and codes in the cells that a key explains.

use docent_models::terms_of;
use unicode_segmentation::UnicodeSegmentation;

use super::choose::{Chosen, Read};
use super::groups::Item;
use super::outline::{Outline, has};
use crate::tables::{Table, words::month_number};

/// Columns of days that make a table a rota.
const DAYS: usize = 4;

/// Letters of a code.
const CODE: usize = 5;

const ABSENT: &[&str] = &[
    "off",
    "leave",
    "holiday",
    "sick",
    "absent",
    "vacation",
    "frei",
    "urlaub",
    "krank",
    "abwesend",
    "ruhe",
    "congé",
    "repos",
    "libre",
    "vacaciones",
    "unavailable",
];
/// Codes of those who are not there, where no key says so.
const ABSENT_CODES: &[&str] =
    &["", "-", "–", "—", "off", "al", "a/l", "leave", "sick", "hol", "urlaub", "krank", "frei", "x"];

const WORKING: &[&str] = &[
    "work",
    "works",
    "working",
    "duty",
    "shift",
    "shifts",
    "rota",
    "rostered",
    "scheduled",
    "arbeiten",
    "arbeitet",
    "dienst",
    "schicht",
    "eingeteilt",
    "einsatz",
];

/// Words beside them that say nothing of who is meant.
const EMPTY: &[&str] = &[
    "down",
    "list",
    "name",
    "all",
    "every",
    "everyone",
    "everybody",
    "people",
    "person",
    "staff",
    "colleagues",
    "leute",
    "personen",
    "mitarbeiter",
    "alle",
    "nenne",
    "please",
    "pls",
    "bitte",
    "there",
    "planned",
    "many",
    "give",
    "show",
];

/// A day as far as it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Day {
    weekday: Option<usize>,
    day: Option<u32>,
    month: Option<u32>,
}

/// A question after who is there on a day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    day: Day,
    terms: Vec<String>,
    works: bool,
}

impl Asked {
    pub(super) fn of(question: &str) -> Option<Self> {
        let lower: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let first = lower.iter().find(|word| !matches!(word.as_str(), "please" | "pls" | "bitte"))?;
        let asks = matches!(first.as_str(), "who" | "wer" | "which" | "welche" | "list" | "name" | "nenne")
            || matches!(first.as_str(), "how" | "wie")
                && lower.iter().any(|word| matches!(word.as_str(), "many" | "viele"));
        let denies = lower.iter().any(|word| {
            matches!(
                word.as_str(),
                "not" | "nicht" | "kein" | "keine" | "between" | "and" | "und" | "zwischen"
            )
        });
        let day = day_in(question);
        if !asks || denies || day.day.is_none() || day.month.is_none() && day.weekday.is_none() {
            return None;
        }
        let works = lower.iter().any(|word| WORKING.contains(&word.as_str()));
        let says = |word: &&String| {
            let word = word.as_str();
            !(WORKING.contains(&word)
                || EMPTY.contains(&word)
                || month_number(word).is_some()
                || weekday(word, false).is_some()
                || word.starts_with(|c: char| c.is_ascii_digit()))
        };
        let terms = lower.iter().filter(says).flat_map(|word| terms_of(word)).collect();
        Some(Self { day, terms, works })
    }
}

/// Those who are there; `None` where no rota, or more than one, has the day.
pub(super) fn rostered(asked: &Asked, documents: &[Read<'_>]) -> Option<Chosen> {
    let mut found: Option<Chosen> = None;
    for (at, document) in documents.iter().enumerate() {
        let key = key_of(document);
        let outline = Outline::of(document.text, document.start);
        let name = document.filename.replace(['_', '-', '.'], " ");
        for table in &document.tables {
            let Some(column) = column_of(table, asked.day) else { continue };
            let first = table.rows.first().map_or(document.start, |row| row.start);
            let heading = outline.heading(outline.line_at(first));
            let called = terms_of(&format!("{name} {} {heading} {}", table.title, outline.top()));
            let Some(items) = there(asked, table, column, &key, &called) else { continue };
            let chosen = Chosen::listed(at, table.names[column].clone(), items);
            if found.replace(chosen).is_some() {
                return None;
            }
        }
    }
    found
}

/// The column of the day, in a table most of whose columns are days.
fn column_of(table: &Table, day: Day) -> Option<usize> {
    let days: Vec<(usize, Day)> = table.names.iter().map(|name| day_in(name)).enumerate().skip(1).collect();
    let written = days.iter().filter(|(_, day)| day.day.is_some()).count();
    if written < DAYS || 2 * written < table.names.len() {
        return None;
    }
    let fits = |known: &Day| {
        let same = |one: Option<u32>, other: Option<u32>| one.is_none() || other.is_none() || one == other;
        known.day == day.day
            && same(known.month, day.month)
            && (known.weekday.is_none() || day.weekday.is_none() || known.weekday == day.weekday)
    };
    let mut fitting = days.iter().filter(|(_, known)| fits(known));
    let (column, _) = fitting.next()?;
    fitting.next().is_none().then_some(*column)
}

/// The rows whose cell says what is asked for. A row without a code is no person's.
fn there(
    asked: &Asked,
    table: &Table,
    column: usize,
    key: &[(String, String)],
    called: &[String],
) -> Option<Vec<Item>> {
    let meaning =
        |code: &str| key.iter().find(|(known, _)| known == code).map(|(_, meaning)| meaning.as_str());
    let absent = |code: &str| match meaning(code) {
        Some(meaning) => meaning.unicode_words().any(|word| ABSENT.contains(&word.to_lowercase().as_str())),
        None => ABSENT_CODES.contains(&code.to_lowercase().as_str()),
    };
    // "Early" is a shift of the key, and "lifeguards" are those of the rota.
    let mut shift: Vec<&str> = Vec::new();
    for term in &asked.terms {
        let begins = |meaning: &str| terms_of(meaning).first() == Some(term);
        let codes: Vec<&str> =
            key.iter().filter(|(_, meaning)| begins(meaning)).map(|(code, _)| code.as_str()).collect();
        match codes[..] {
            [] if has(called, term) => {}
            [_, ..] if shift.is_empty() => shift = codes,
            _ => return None,
        }
    }
    if shift.is_empty() && !asked.works {
        return None;
    }
    let is_code = |cell: &str| meaning(cell).is_some() || cell.chars().count() <= CODE;
    let wanted = |cell: &str| if shift.is_empty() { !absent(cell) } else { shift.contains(&cell) };
    let items: Vec<Item> = (0..table.rows.len())
        .map(|row| (row, table.cell(row, column).trim()))
        .filter(|(_, cell)| is_code(cell) && wanted(cell))
        .map(|(row, cell)| {
            let name = table.cell(row, 0).trim();
            let meaning = meaning(cell).map_or(String::new(), |meaning| format!(", {meaning}"));
            Item { text: format!("{name}: {cell}{meaning}"), start: table.rows[row].start }
        })
        .collect();
    (!items.is_empty()).then_some(items)
}

/// The codes with what they mean: of a table with a column of codes, and of lines like "E = early".
fn key_of(document: &Read<'_>) -> Vec<(String, String)> {
    let mut key: Vec<(String, String)> = Vec::new();
    for table in document.tables.iter().filter(|table| table.names.len() == 2) {
        if (0..table.rows.len()).all(|row| table.cell(row, 0).trim().chars().count() <= CODE) {
            let row =
                |row: usize| (table.cell(row, 0).trim().to_owned(), table.cell(row, 1).trim().to_owned());
            key.extend((0..table.rows.len()).map(row));
        }
    }
    for part in
        document.text.lines().filter(|line| !line.contains('|')).flat_map(|line| line.split([',', ';']))
    {
        if let Some((code, meaning)) =
            part.split_once(" = ").map(|(code, meaning)| (code.trim(), meaning.trim()))
        {
            let code = code.rsplit([' ', ':']).next().unwrap_or_default();
            if !code.is_empty() && code.chars().count() <= CODE && !meaning.is_empty() {
                key.push((code.to_owned(), meaning.to_owned()));
            }
        }
    }
    key
}

/// "Saturday 12 December", "Sat 12", "12.12.", "2026-12-12".
fn day_in(text: &str) -> Day {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut day = Day::default();
    let number = |word: &str| {
        let bare =
            word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        (bare.len() <= 2)
            .then(|| bare.parse::<u32>().ok())
            .flatten()
            .filter(|number| (1..=31).contains(number))
    };
    let short = words.len() <= 4;
    day.weekday = words.iter().find_map(|word| weekday(word, short));
    let month = words.iter().position(|word| month_number(word).is_some_and(|_| word.chars().count() >= 3));
    if let [year, month, of, ..] = &words[..]
        && year.len() == 4
        && year.parse::<u32>().is_ok()
    {
        day.month = number(month).filter(|month| *month <= 12);
        day.day = number(of);
        return day;
    }
    if let Some(at) = month {
        day.month = month_number(&words[at]);
        let near = [at.checked_sub(1), at.checked_sub(2).filter(|two| words[two + 1] == "of"), Some(at + 1)];
        day.day = near.into_iter().flatten().find_map(|at| words.get(at).and_then(|word| number(word)));
        return day;
    }
    let numbers: Vec<u32> = words.iter().filter_map(|word| number(word)).collect();
    match numbers[..] {
        [of] if short || day.weekday.is_some() => day.day = Some(of),
        [of, month, ..]
            if month <= 12
                && (short
                    || text.contains(&format!("{of}.{month}"))
                    || text.contains(&format!("{of}/{month}"))) =>
        {
            (day.day, day.month) = (Some(of), Some(month));
        }
        _ => {}
    }
    day
}

/// From Monday, 0; `short` are also German names of two letters.
fn weekday(word: &str, short: bool) -> Option<usize> {
    const NAMES: &[[&str; 4]] = &[
        ["monday", "mon", "montag", "mo"],
        ["tuesday", "tue", "dienstag", "di"],
        ["wednesday", "wed", "mittwoch", "mi"],
        ["thursday", "thu", "donnerstag", "do"],
        ["friday", "fri", "freitag", "fr"],
        ["saturday", "sat", "samstag", "sa"],
        ["sunday", "sun", "sonntag", "so"],
    ];
    NAMES.iter().position(|names| names[..3].contains(&word) || short && names[3] == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::tables_in;

    const ROTA: &str = "# Week 23\n\nHarbour watch\n\nName | Mon 3 Jun | Tue 4 Jun | Wed 5 Jun | Thu 6 Jun | Fri 7 Jun\n\n\
        Name: Ada | Mon 3 Jun: N | Tue 4 Jun: – | Wed 5 Jun: D | Thu 6 Jun: D | Fri 7 Jun: H\n\
        Name: Ben | Mon 3 Jun: D | Tue 4 Jun: D | Wed 5 Jun: N | Thu 6 Jun: – | Fri 7 Jun: D\n\
        Name: Cleo | Mon 3 Jun: D | Tue 4 Jun: H | Wed 5 Jun: D | Thu 6 Jun: N | Fri 7 Jun: N\n\
        Name: Officer | Mon 3 Jun: Dora Lund | Tue 4 Jun: Dora Lund | Wed 5 Jun: Emil Voss | Thu 6 Jun: Emil Voss | Fri 7 Jun: Dora Lund\n\n\
        # Key\n\nCode | Meaning\n\nCode: D | Meaning: day, 06:00 to 14:00\nCode: N | Meaning: night\nCode: H | Meaning: holiday\nCode: – | Meaning: day off\n";

    fn asked(question: &str) -> String {
        let file = "Watch_Rota_Pilots_2024.xlsx";
        let read = [Read { filename: file, text: ROTA, start: 0, tables: tables_in(ROTA, 0, file) }];
        let Some(asked) = Asked::of(question) else { return "no rota".to_owned() };
        rostered(&asked, &read).map_or("-".to_owned(), |chosen| {
            let name = |item: &Item| item.text.split(':').next().unwrap_or_default().to_owned();
            chosen.items.iter().map(name).collect::<Vec<_>>().join(", ")
        })
    }

    #[test]
    fn who_is_there_on_a_day_is_read_from_the_rota() {
        for (question, answer) in [
            ("how many pilots are down to work on Wednesday 5 June?", "Ada, Ben, Cleo"),
            ("How many pilots work on 4 June?", "Ben"),
            ("Who is on night duty on Thursday 6 June?", "Cleo"),
            ("Wie viele pilots arbeiten am Freitag, 7. Juni?", "Ben, Cleo"),
            ("How many cooks are down to work on 5 June?", "-"),
            ("How many pilots work on Monday 5 June?", "-"),
            ("How many pilots work on 5 July?", "-"),
            ("How many ships leave on 5 June?", "-"),
            ("How many pilots are there?", "no rota"),
            ("Who is not working on 5 June?", "no rota"),
        ] {
            assert_eq!(asked(question), answer, "{question}");
        }
    }
}
