//! Columns that a question names.

use super::naming::{content, is_code};
use super::view::{Places, View};
use crate::tables::words::{Token, month_number, tokens};

/// Units at the end of a column's name that say how it is measured, and not what.
const UNITS: &[&str] = &[
    "kwh", "kw", "mwh", "m3", "m2", "m²", "m³", "kg", "g", "t", "eur", "gbp", "usd", "chf", "min", "km",
    "mm", "cm", "m", "kn", "l", "h", "pc", "no", "nr", "id",
];

/// A column with the words that name it.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) words: Places,
    /// All of what it is called.
    pub(super) whole: bool,
}

/// The columns among these that the question names by words that are not taken; those that it names whole, where there are
/// such.
pub(super) fn columns(view: &View<'_, '_>, among: &[usize], taken: &Places) -> Vec<Column> {
    let heads: Vec<(usize, Vec<Vec<Token>>)> =
        among.iter().map(|at| (*at, forms(view, among, *at))).collect();
    let places = |word: &Token| -> Places {
        let found = view.places_like(word).into_iter();
        found.filter(|place| !taken.contains(place)).collect()
    };
    let whole = |forms: &[Vec<Token>]| {
        let hits = |words: &Vec<Token>| {
            let each: Vec<Places> = words.iter().map(&places).collect();
            let all = !each.is_empty() && each.iter().all(|places| !places.is_empty());
            all.then(|| each.into_iter().flatten().collect::<Places>())
        };
        forms.iter().filter_map(hits).max_by_key(Places::len)
    };
    let mut found: Vec<Column> = heads
        .iter()
        .filter_map(|(at, forms)| Some(Column { at: *at, words: whole(forms)?, whole: true }))
        .collect();
    found.extend(by_day(view, among, taken));
    if found.is_empty() {
        let part = |forms: &[Vec<Token>]| -> Places { forms.iter().flatten().flat_map(&places).collect() };
        let parts = heads.iter().map(|(at, forms)| Column { at: *at, words: part(forms), whole: false });
        found = parts.filter(|part| part.words.iter().any(|place| !view.is_free(*place))).collect();
    }
    // What the table is called names a column only where nothing else does.
    let titled = |column: &Column| column.words.iter().all(|place| view.is_title(*place));
    if found.iter().any(|column| !titled(column)) {
        found.retain(|column| !titled(column));
    }
    let all = found.clone();
    let within = |one: &Column, other: &Column| {
        one.words.len() < other.words.len() && one.words.is_subset(&other.words)
    };
    found.retain(|one| !all.iter().any(|other| within(one, other)));
    found
}

/// The only one, or the only one that explains most.
pub(super) fn only(columns: Vec<Column>) -> Option<Column> {
    let most = columns.iter().map(|column| column.words.len()).max()?;
    let mut best = columns.into_iter().filter(|column| column.words.len() == most);
    let first = best.next()?;
    best.next().is_none().then_some(first)
}

/// The names that a column may be called by: whole, without its unit, without what other columns are called, too, without a
/// sign before it ("R1 Lunsay"), or by what stands in brackets.
fn forms(view: &View<'_, '_>, among: &[usize], at: usize) -> Vec<Vec<Token>> {
    let name = view.grid.head(at);
    let units = |words: Vec<Token>| {
        let bare: Vec<Token> =
            words.iter().filter(|word| !UNITS.contains(&word.text.as_str())).cloned().collect();
        if bare.is_empty() { words } else { bare }
    };
    let all = units(content(&tokens(name)));
    let head = units(content(&view.grid.heads[at]));
    let others: Vec<&usize> = among.iter().filter(|other| **other != at).collect();
    let common = |word: &Token| {
        let has = |other: &&usize| view.grid.heads[**other].iter().any(|own| own.stem == word.stem);
        others.len() >= 2 && others.iter().filter(|other| has(other)).count() * 2 >= others.len()
    };
    let own: Vec<Token> = head.iter().filter(|word| !common(word)).cloned().collect();
    let names: Vec<Token> = own.iter().filter(|word| !is_code(word)).cloned().collect();
    let inner = name.split_once('(').and_then(|(_, rest)| rest.split(')').next()).unwrap_or_default();
    let inner = Some(content(&tokens(inner))).filter(|words| words.len() >= 2);
    [all, head, own, names].into_iter().chain(inner).filter(|form| !form.is_empty()).collect()
}

/// The column whose name has the span of days that the question's day is in: "6 – 12 Jul".
fn by_day(view: &View<'_, '_>, among: &[usize], taken: &Places) -> Option<Column> {
    let period = &view.period;
    let ([month], [day]) = (&period.months[..], &period.days[..]) else { return None };
    if !period.places.is_disjoint(taken) {
        return None;
    }
    let holds = |at: &&usize| {
        span(view.grid.head(**at)).is_some_and(|[from, to]| (from..=to).contains(&(*month, *day)))
    };
    let mut found = among.iter().filter(holds);
    let (first, None) = (found.next()?, found.next()) else { return None };
    Some(Column { at: *first, words: period.places.clone(), whole: true })
}

/// The first and the last day, each as month and day.
fn span(name: &str) -> Option<[(u32, u32); 2]> {
    let words = tokens(name.split_once('(').map_or(name, |(_, inner)| inner));
    let mut days: Vec<(Option<u32>, u32)> = Vec::new();
    for word in &words {
        let number = word.text.parse::<u32>().ok().filter(|day| (1..=31).contains(day));
        match (number, month_number(&word.text)) {
            (Some(day), _) => days.push((None, day)),
            (None, Some(month)) => days
                .iter_mut()
                .rev()
                .take_while(|(known, _)| known.is_none())
                .for_each(|it| it.0 = Some(month)),
            (None, None) => return None,
        }
    }
    let [(Some(first), from), (Some(last), to)] = days[..] else { return None };
    Some([(first, from), (last, to)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_days_are_read_out_of_names() {
        assert_eq!(span("Week 28 (6 – 12 Jul)"), Some([(7, 6), (7, 12)]));
        assert_eq!(span("29 Jun – 5 Jul"), Some([(6, 29), (7, 5)]));
        assert_eq!(span("Week 28"), None);
        assert_eq!(span("Length (m)"), None);
    }
}
