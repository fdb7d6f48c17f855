//! How many rows there are for which something holds, and which ones.

use super::cells::quantity;
use super::conditions::{Held, held};
use super::heads::columns;
use super::same::means;
use super::view::{Places, View, is_generic};
use super::{Outcome, Rank};
use crate::reckon::grid::Spot;
use crate::reckon::{Reckoned, Said};
use crate::tables::words::tokens;
use crate::ways::{Text, plain};

const COUNT: Text = Text::new("**{}** ({}; {})", "**{}** ({}; {})");
const ALL: Text = Text::new("all rows of “{}”", "alle Zeilen von „{}“");
const FOUND: Text = Text::new("**{} found** ({}; {})", "**{} gefunden** ({}; {})");

/// Names that stand beside a number, and rows that are listed.
const NAMED: usize = 12;
const LISTED: usize = 50;

/// Words that are left over, at most, where all rows are counted; none where something has to hold of them.
const LEFT: usize = 1;

/// Words that what a table is called has of the question, where all of its rows are counted.
const CALLED: usize = 2;

/// What is counted or listed: the words for it, and the column whose different values they are.
struct Things {
    words: Places,
    column: Option<usize>,
}

pub(super) fn counted(view: &View<'_, '_>) -> Option<Outcome> {
    let (held, things, rank) = rows(view)?;
    // So many of one thing: what a column says.
    if noun(view).is_some_and(|noun| held.words.contains(&noun)) && quantity(view).is_some() {
        return None;
    }
    // "How many guests does the ferry take" is no number of rows.
    let free: Vec<usize> =
        view.grid.measures.iter().copied().filter(|column| !held.columns.contains(column)).collect();
    let taken: Places = held.words.iter().chain(&things.words).copied().collect();
    if columns(view, &free, &taken).iter().any(|column| column.whole) || measures_things(view, &free) {
        return None;
    }
    let all = held.said.is_empty();
    if all && (rank.2 + rank.3 < CALLED || things.column.is_none()) {
        return None;
    }
    let names = names(view, &held.rows, things.column);
    let said = if all { view.desk.text(&ALL, &[&plain(&view.grid.title)]) } else { held.said.join("; ") };
    let mut text = view.desk.text(&COUNT, &[&names.len().to_string(), &said, &view.file()]);
    if names.len() <= NAMED {
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        text.push_str(&format!(": {}", names.join(", ")));
    }
    let places = held.rows.iter().map(|row| place(view, *row)).collect();
    Some(Outcome {
        rank,
        value: names.len().to_string(),
        said: Reckoned { lines: vec![Said { text, places }], way: "count" },
    })
}

pub(super) fn listed(view: &View<'_, '_>) -> Option<Outcome> {
    let (held, things, rank) = rows(view)?;
    if held.said.is_empty() || held.rows.len() > LISTED {
        return None;
    }
    let names = names(view, &held.rows, things.column);
    let text = view.desk.text(&FOUND, &[&names.len().to_string(), &held.said.join("; "), &view.file()]);
    let mut lines = vec![Said { text, places: Vec::new() }];
    for (name, row) in &names {
        let cells: Vec<String> = held
            .columns
            .iter()
            .filter(|column| view.grid.measures.contains(column))
            .map(|column| format!("{}: {}", plain(view.grid.head(*column)), plain(view.cell(*row, *column))))
            .collect();
        let beside = if cells.is_empty() { String::new() } else { format!(" – {}", cells.join(", ")) };
        lines.push(Said { text: format!("- {name}{beside}"), places: vec![place(view, *row)] });
    }
    let value = names.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join("\u{1f}");
    Some(Outcome { rank, value, said: Reckoned { lines, way: "rows" } })
}

fn place(view: &View<'_, '_>, row: usize) -> (usize, i64) {
    view.desk.place(Spot { grid: view.at, row, column: 0 })
}

/// The rows that hold, what they are, and how well the table explains the question.
fn rows(view: &View<'_, '_>) -> Option<(Held, Things, Rank)> {
    let held = held(view)?;
    // The name of one row is no condition for several.
    let is_name = |column: &usize| {
        let all = view.rows();
        let cell = |row: &usize| view.cell(*row, *column);
        let different =
            all.iter().enumerate().all(|(at, row)| !all[..at].iter().any(|it| cell(it) == cell(row)));
        different && !view.grid.measures.contains(column) && !held.timed.contains(column)
    };
    if !held.columns.is_empty() && held.columns.iter().all(is_name) {
        return None;
    }
    let mut things = things(view, &held)?;
    // "Contracts end": what holds of the rows is not what they are called.
    things.column = things.column.filter(|column| !held.columns.contains(column));
    let words: Places = held.words.iter().chain(&things.words).copied().collect();
    let rank = view.rank(&words, if held.said.is_empty() { LEFT } else { 0 })?;
    Some((held, things, rank))
}

/// The place of the noun that is counted or listed.
fn noun(view: &View<'_, '_>) -> Option<usize> {
    const BEFORE: &[&str] =
        &["many", "viele", "wieviele", "of", "which", "what", "welche", "all", "alle", "number"];
    let text = |at: usize| view.word(at).text.as_str();
    if view.desk.asked.says(&["often", "oft", "häufig", "times", "mal"]) {
        return None;
    }
    let start = view.places().find(|at| BEFORE.contains(&text(*at)))? + 1;
    let skipped =
        |at: &usize| BEFORE.contains(&text(*at)) || view.is_free(*at) && !is_generic(view.word(*at));
    (start..view.places().end).find(|at| !skipped(at))
}

/// What the rows are called in the question: by a word for any row, by a column, by what the table is called, or by a part
/// of what is named. `None` where nothing explains it.
fn things(view: &View<'_, '_>, held: &Held) -> Option<Things> {
    let none = Things { words: Places::new(), column: None };
    let Some(noun) = noun(view) else { return Some(none) };
    if is_generic(view.word(noun)) {
        return Some(none);
    }
    // "The engine spares": the noun may stand behind what says which.
    let phrase = noun..(noun + 3).min(view.places().end);
    let calls =
        |column: usize, at: usize| view.grid.heads[column].iter().any(|own| means(own, view.word(at)));
    let title = tokens(&view.grid.title);
    for at in phrase {
        let labels = view.labels();
        if let Some(column) = labels.iter().copied().find(|column| calls(*column, at)) {
            return Some(Things { words: [at].into(), column: Some(column) });
        }
        if title.iter().any(|own| means(own, view.word(at))) {
            return Some(Things { words: Places::new(), column: labels.first().copied() });
        }
        if at > noun && (view.is_free(at) || held.words.contains(&at)) {
            break;
        }
    }
    let known = view.is_about(noun) || held.words.contains(&noun);
    known.then_some(none)
}

/// Whether the noun that is counted is what a column measures.
fn measures_things(view: &View<'_, '_>, measures: &[usize]) -> bool {
    let Some(noun) = noun(view) else { return false };
    let label = view
        .labels()
        .iter()
        .any(|column| view.grid.heads[*column].iter().any(|own| means(own, view.word(noun))));
    !label
        && measures
            .iter()
            .any(|column| view.grid.heads[*column].iter().any(|own| means(own, view.word(noun))))
}

/// What the rows are called, each once, with its first row.
fn names(view: &View<'_, '_>, rows: &[usize], column: Option<usize>) -> Vec<(String, usize)> {
    let called = |row: usize| {
        let cell = column.map(|column| plain(view.cell(row, column).trim())).filter(|cell| !cell.is_empty());
        match cell {
            Some(cell) if column != view.labels().first().copied() => cell,
            _ => view.name(row),
        }
    };
    let repeats = |column: usize| {
        let cells: Vec<&str> = rows.iter().map(|row| view.cell(*row, column)).collect();
        (1..cells.len()).any(|at| cells[..at].contains(&cells[at]))
    };
    let mut names: Vec<(String, usize)> = rows.iter().map(|row| (called(*row), *row)).collect();
    if column.is_some_and(repeats) {
        let mut known: Vec<String> = Vec::new();
        names.retain(|(name, _)| {
            let first = !known.contains(name);
            known.push(name.clone());
            first
        });
    }
    names
}
