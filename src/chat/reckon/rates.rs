//! So many times a rate: "for six weeks at 240 a week", "the quay for three nights in summer, plus the crane".

use super::amount::{Amount, writes_comma};
use super::find::{Named, named};
use super::grid::Grid;
use super::words::{Asked, fits_strictly};
use super::{Desk, Reckoned, Said};
use crate::tables::words::{Token, tokens};
use crate::ways::{Text, plain};

/// What rates are for, and how they say so: "hourly".
const UNITS: &[(&[&str], &[&str])] = &[
    (&["hour", "hours", "hrs", "stunde", "stunden"], &["hourly", "stundensatz", "stündlich"]),
    (&["day", "days", "tag", "tage", "tagen"], &["daily", "tagessatz", "täglich"]),
    (&["week", "weeks", "woche", "wochen"], &["weekly", "wöchentlich"]),
    (&["month", "months", "monat", "monate", "monaten"], &["monthly", "monatlich"]),
    (&["night", "nights", "nacht", "nächte", "nächten", "übernachtungen"], &["nightly"]),
    (&["mile", "miles", "meile", "meilen"], &[]),
    (&["km", "kilometre", "kilometres", "kilometer", "kilometers", "kilometern"], &[]),
    (&["metre", "metres", "meter", "meters", "metern"], &[]),
    (&["person", "persons", "people", "guests", "personen", "gäste", "gästen"], &[]),
    (&["evening", "evenings", "abend", "abende", "abenden"], &[]),
    (&["session", "sessions", "lesson", "lessons", "sitzung", "sitzungen"], &[]),
    (&["page", "pages", "seite", "seiten"], &[]),
    (&["copy", "copies", "exemplar", "exemplare", "exemplaren"], &[]),
    (&["tonne", "tonnes", "tonnen"], &[]),
    (&["litre", "litres", "liter", "litern"], &[]),
    (&["year", "years", "jahr", "jahre", "jahren"], &["yearly", "annual", "jährlich"]),
];

/// Words between an amount and what it is for.
const FOR_EACH: &[&str] =
    &["per", "a", "an", "each", "every", "pro", "je", "die", "der", "den", "das", "for"];

/// Words that a rate in a sentence shares with the question at least.
const SHARED: usize = 2;

const TIMES: Text = Text::new("**{}** = {} × {} ({}; {})", "**{}** = {} × {} ({}; {})");
const TIMES_AND: Text = Text::new("**{}** = {} × {} + {} ({}; {}; {})", "**{}** = {} × {} + {} ({}; {}; {})");

/// How many of what.
struct Quantity {
    count: f64,
    unit: usize,
    /// Where it stands among all words.
    at: usize,
}

pub(super) fn is_asked(asked: &Asked) -> bool {
    quantity(asked).is_some() && asked.asks_money()
}

fn unit_of(word: &str) -> Option<usize> {
    UNITS.iter().position(|(names, _)| names.contains(&word))
}

/// The only quantity of a question.
fn quantity(asked: &Asked) -> Option<Quantity> {
    let number = |word: &Token| {
        word.stem.replace(',', "").parse::<f64>().ok().filter(|count| *count > 0.0 && *count < 1e6)
    };
    let found = |at: usize| {
        Some(Quantity { count: number(&asked.all[at])?, unit: unit_of(&asked.all.get(at + 1)?.text)?, at })
    };
    let mut all = (0..asked.all.len()).filter_map(found);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The question without what it says is not wanted, and what it asks beside the first thing.
fn parts(question: &str) -> (String, Option<String>) {
    const PLUS: &[&str] =
        &[" plus ", " as well as ", " along with ", " zuzüglich ", " sowie ", " together with "];
    const NOT: &[&str] = &["no", "not", "without", "excluding", "kein", "keine", "ohne", "nicht"];
    let mut kept = String::new();
    for piece in question.split_inclusive(['(', ')', ',', '.', ';', '?']) {
        let first = tokens(piece).into_iter().next().map(|word| word.text).unwrap_or_default();
        if !NOT.contains(&first.as_str()) {
            kept.push_str(piece);
        }
    }
    let lower = kept.to_lowercase();
    let joint = PLUS.iter().find_map(|plus| lower.find(plus).map(|at| (at, at + plus.len())));
    match joint.filter(|_| lower.len() == kept.len()) {
        Some((from, to)) => {
            let rest = &kept[to..];
            let end = rest.find(['.', '?', ';']).unwrap_or(rest.len());
            (format!("{} {}", &kept[..from], &rest[end..]), Some(rest[..end].to_owned()))
        }
        None => (kept, None),
    }
}

pub(super) fn times(desk: &Desk<'_>) -> Option<Reckoned> {
    let quantity = quantity(&desk.asked).filter(|_| desk.asked.asks_money())?;
    let (first, more) = parts(&desk.asked.text);
    let used = [&desk.asked.all[quantity.at], &desk.asked.all[quantity.at + 1]];
    let mut words = Asked::of(&first).content;
    words.retain(|word| !used.iter().any(|used| used.text == word.text));
    let Some(rate) = in_cells(desk, &words, &quantity) else {
        return if more.is_none() { in_sentences(desk, &words, &quantity) } else { None };
    };
    let grid = &desk.grids[rate.spot.grid];
    if !is_explained(desk, grid.paper, &words, &rate) {
        return None;
    }
    let count = counted(desk, &quantity);
    let what = called(desk, &rate);
    let value = rate.amount.value * quantity.count;
    let Some(more) = more else {
        let total = rate.amount.with(value, None).written();
        let text =
            desk.text(&TIMES, &[&total, &count, &rate.amount.written(), &what, &desk.file(grid.paper)]);
        return Some(Reckoned {
            lines: vec![Said { text, places: vec![desk.place(rate.spot)] }],
            way: "rate",
        });
    };
    let mut beside = Asked::of(&more).content;
    beside.retain(|word| unit_of(&word.text).is_none());
    // It is for the same day as the first.
    let same = |of: &Grid| of.paper == grid.paper && of.names == grid.names;
    let mut extra = named(desk, &beside, &same).or_else(|| {
        let with_head: Vec<Token> = beside.iter().chain(&grid.heads[rate.spot.column]).cloned().collect();
        named(desk, &with_head, &same)
    })?;
    if let Some(amount) = desk.grids[extra.spot.grid].amount(extra.spot.row, rate.spot.column) {
        extra.spot.column = rate.spot.column;
        extra.amount = amount;
    }
    if !extra.amount.is_like(&rate.amount) || extra.spot == rate.spot {
        return None;
    }
    let total = rate.amount.with(value + extra.amount.value, Some(&extra.amount)).written();
    let (what_more, file) = (called(desk, &extra), desk.file(grid.paper));
    let text = desk.text(
        &TIMES_AND,
        &[&total, &count, &rate.amount.written(), &extra.amount.written(), &what, &what_more, &file],
    );
    let places = vec![desk.place(rate.spot), desk.place(extra.spot)];
    Some(Reckoned { lines: vec![Said { text, places }], way: "rate" })
}

fn counted(desk: &Desk<'_>, quantity: &Quantity) -> String {
    let count = crate::tables::written(quantity.count);
    format!("{count} {}", desk.asked.all[quantity.at + 1].text)
}

fn called(desk: &Desk<'_>, cell: &Named) -> String {
    let grid = &desk.grids[cell.spot.grid];
    format!(
        "{}, {}",
        plain(&grid.rows[cell.spot.row].cells[first_label(grid)]),
        plain(grid.head(cell.spot.column))
    )
}

fn first_label(grid: &Grid) -> usize {
    (0..grid.names.len()).find(|column| !grid.measures.contains(column)).unwrap_or_default()
}

fn is_explained(desk: &Desk<'_>, paper: usize, words: &[Token], cell: &Named) -> bool {
    let left = words.iter().enumerate().filter(|(at, _)| !cell.words.contains(at)).map(|(_, word)| word);
    let unknown: Vec<&Token> = left.filter(|word| !desk.is_said(paper, word)).collect();
    unknown.len() <= 3 && !unknown.iter().any(|word| desk.is_name(word))
}

/// Whether a text says that something is for each of the unit.
fn is_for_each(text: &str, unit: usize) -> bool {
    let lower = text.to_lowercase();
    let words = tokens(&lower);
    let (names, whole) = UNITS[unit];
    if words.iter().any(|word| whole.contains(&word.text.as_str())) {
        return true;
    }
    let joined = words
        .windows(2)
        .any(|two| FOR_EACH[..7].contains(&two[0].text.as_str()) && names.contains(&two[1].text.as_str()));
    let unit_behind = |sign: char| {
        lower
            .split(sign)
            .skip(1)
            .any(|behind| tokens(behind).first().is_some_and(|word| names.contains(&word.text.as_str())))
    };
    joined || unit_behind('/')
}

/// A cell of a column, or of a row, that is for each of the unit.
fn in_cells(desk: &Desk<'_>, words: &[Token], quantity: &Quantity) -> Option<Named> {
    let allowed = |grid: &Grid| {
        let heads = grid.measures.iter().any(|column| is_for_each(grid.head(*column), quantity.unit));
        let rows =
            grid.rows.iter().any(|line| line.cells.iter().any(|cell| is_for_each(cell, quantity.unit)));
        let counted =
            (0..grid.rows.len()).any(|row| unit_of(&grid.unit_of(row).to_lowercase()) == Some(quantity.unit));
        let around = is_for_each(&grid.around, quantity.unit);
        (heads || rows || counted || around) && !desk.is_superseded(grid.paper)
    };
    let rate = named(desk, words, &allowed)?;
    let grid = &desk.grids[rate.spot.grid];
    let line = &grid.rows[rate.spot.row];
    // A row that is for each of something else is no rate for this.
    let other = (0..UNITS.len())
        .any(|unit| unit != quantity.unit && line.cells.iter().any(|cell| is_for_each(cell, unit)));
    let of_row = line.cells.iter().any(|cell| is_for_each(cell, quantity.unit));
    let around = is_for_each(&grid.around, quantity.unit);
    let of_head = is_for_each(grid.head(rate.spot.column), quantity.unit) || around;
    // "All amounts £ per hour".
    let mut rate = rate;
    if let Some(sign) = grid.around.chars().find(|c| matches!(c, '£' | '€' | '$')).filter(|_| around) {
        rate.amount = rate.amount.measured_in(&sign.to_string());
    }
    let counted = unit_of(&grid.unit_of(rate.spot.row).to_lowercase()) == Some(quantity.unit);
    (rate.amount.is_money() && (counted || of_row || of_head && !other)).then_some(rate)
}

/// An amount for each of the unit in a sentence or a row of words.
fn in_sentences(desk: &Desk<'_>, words: &[Token], quantity: &Quantity) -> Option<Reckoned> {
    let mut found: Vec<(usize, usize, i64, Amount, String)> = Vec::new();
    for (paper, of) in desk.papers.iter().enumerate().filter(|(paper, _)| !desk.is_superseded(*paper)) {
        let comma = writes_comma(&of.text);
        let mut at = of.start;
        for line in of.text.split('\n') {
            let begin = at;
            at += i64::try_from(line.chars().count()).unwrap_or_default() + 1;
            let pieces =
                if line.contains('|') { vec![line.to_owned()] } else { docent_models::sentences_of(line) };
            for piece in pieces {
                let Some(amount) = rate_in(&piece, quantity.unit, comma) else { continue };
                let there = tokens(&piece);
                let shared: Vec<usize> = (0..words.len())
                    .filter(|at| there.iter().any(|own| fits_strictly(own, &words[*at])))
                    .collect();
                let unknown: Vec<&Token> = (0..words.len())
                    .filter(|at| !shared.contains(at) && !desk.is_said(paper, &words[*at]))
                    .map(|at| &words[at])
                    .collect();
                if unknown.len() <= 2 && !unknown.iter().any(|word| desk.is_name(word)) {
                    found.push((shared.len(), paper, begin, amount, plain(piece.trim())));
                }
            }
        }
    }
    let most = found
        .iter()
        .map(|(shared, ..)| *shared)
        .max()
        .filter(|most| *most >= SHARED.min(words.len().max(1)))?;
    found.retain(|(shared, ..)| *shared == most);
    let (_, paper, place, amount, _) = found.first()?;
    if found.iter().any(|(_, _, _, other, _)| (other.value - amount.value).abs() > 1e-9) {
        return None;
    }
    let total = amount.with(amount.value * quantity.count, None).written();
    let unit = UNITS[quantity.unit].0[0];
    let rate = format!("{} / {unit}", amount.written());
    let text =
        desk.text(&TIMES, &[&total, &counted(desk, quantity), &amount.written(), &rate, &desk.file(*paper)]);
    Some(Reckoned { lines: vec![Said { text, places: vec![(*paper, *place)] }], way: "rate" })
}

/// The only amount of money for each of the unit in a text.
fn rate_in(text: &str, unit: usize, comma: bool) -> Option<Amount> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '|' | '*')).to_lowercase()
    };
    let is_unit = |at: usize| words.get(at).is_some_and(|word| UNITS[unit].0.contains(&bare(word).as_str()));
    let mut found: Vec<Amount> = Vec::new();
    for at in 0..words.len() {
        for length in 1..=2 {
            let Some(written) = words.get(at..at + length) else { continue };
            let joined = written.join(" ");
            let joined =
                joined.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '|' | '*'));
            let Some(amount) = Amount::of_cell(joined, comma).filter(Amount::is_money) else { continue };
            let next = words.get(at + length).map(|word| bare(word)).unwrap_or_default();
            let each = FOR_EACH.contains(&next.as_str()) && is_unit(at + length + 1);
            if each {
                found.push(amount);
            }
        }
    }
    let first = found.first()?.clone();
    found.iter().all(|other| other.value == first.value).then_some(first)
}
