//! What the words of a question mean in a table: columns, and rows by what stands in their cells.

use std::collections::{HashMap, HashSet};

use super::Table;
use super::words::{Token, is_neutral, tokens};

/// Words of a question that stand in cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) column: usize,
    pub(super) rows: Vec<usize>,
    /// Places of the words in the question.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The words are all that stands in the cell.
    pub(super) whole: bool,
    /// They stand in cells of several columns: any of them will do.
    pub(super) several: bool,
}

/// A column that the question names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub(super) column: usize,
    pub(super) at: usize,
    /// Words of the name that were found, and how many it has.
    pub(super) hits: usize,
    pub(super) of: usize,
}

#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) found: Vec<Found>,
    pub(super) named: Vec<Named>,
    /// Places of the question that are explained.
    pub(super) used: HashSet<usize>,
}

/// Longest run of words that is looked for in cells.
const LONGEST: usize = 8;

/// `taken`: words that are part of the question's form and never of a cell.
pub(super) fn link(question: &[Token], table: &Table, taken: &HashSet<usize>) -> Links {
    let mut links = Links::default();
    let names: Vec<Vec<Token>> = table.names.iter().map(|name| tokens(name)).collect();
    cells(question, table, taken, &names, &mut links);
    columns(question, &names, taken, &mut links);
    links
}

fn cells(question: &[Token], table: &Table, taken: &HashSet<usize>, names: &[Vec<Token>], links: &mut Links) {
    // Every run of words in the cells, by its first word: where it stands.
    let mut by_word: HashMap<&str, Vec<(usize, usize, usize)>> = HashMap::new();
    let written: Vec<Vec<Vec<Token>>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| tokens(cell)).collect()).collect();
    for (row, cells) in written.iter().enumerate() {
        for (column, words) in cells.iter().enumerate() {
            for (place, word) in words.iter().enumerate() {
                by_word.entry(&word.text).or_default().push((row, column, place));
            }
        }
    }
    let in_names: HashSet<&str> = names.iter().flatten().map(|token| token.stem.as_str()).collect();
    for length in (1..=LONGEST.min(question.len())).rev() {
        for from in 0..=question.len() - length {
            let to = from + length;
            if (from..to).any(|at| links.used.contains(&at)) {
                continue;
            }
            let words = &question[from..to];
            let Some(starts) = by_word.get(words[0].text.as_str()) else { continue };
            let fits = |&&(row, column, place): &&(usize, usize, usize)| {
                let cell = &written[row][column];
                cell.len() >= place + length
                    && cell[place..place + length].iter().zip(words).all(|(a, b)| a.text == b.text)
            };
            let hits: Vec<(usize, usize, bool)> = starts
                .iter()
                .filter(fits)
                .map(|&(row, column, _)| (row, column, written[row][column].len() == length))
                .collect();
            if hits.is_empty() || !says_something(words, from, taken, &in_names, hits.iter().any(|hit| hit.2))
            {
                continue;
            }
            if let Some(found) = best_column(&hits, from, to) {
                links.used.extend(from..to);
                links.found.push(found);
            }
        }
    }
    links.found.sort_by_key(|found| found.from);
}

/// Whether a run of words may stand for a cell, and not for the question's form.
fn says_something(
    words: &[Token],
    from: usize,
    taken: &HashSet<usize>,
    in_names: &HashSet<&str>,
    whole: bool,
) -> bool {
    let free: Vec<&Token> = words
        .iter()
        .enumerate()
        .filter(|(n, _)| !taken.contains(&(from + n)))
        .map(|(_, word)| word)
        .collect();
    if free.iter().all(|word| is_neutral(&word.text)) {
        return false;
    }
    if words.len() == 1 {
        let word = &words[0];
        let number = word.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        if taken.contains(&from) || in_names.contains(word.stem.as_str()) {
            return false;
        }
        return if number { whole || word.text.len() == 4 } else { word.text.chars().count() >= 3 || whole };
    }
    true
}

/// The column in which most of the hits fill their cells; that of the most hits where none does.
fn best_column(hits: &[(usize, usize, bool)], from: usize, to: usize) -> Option<Found> {
    let whole = hits.iter().any(|hit| hit.2);
    let mut columns: HashMap<usize, Vec<usize>> = HashMap::new();
    for (row, column, fills) in hits {
        if *fills || !whole {
            columns.entry(*column).or_default().push(*row);
        }
    }
    let several = columns.len() > 1;
    let all: Vec<usize> = columns.values().flatten().copied().collect();
    let (column, mut rows) =
        columns.into_iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(&a.0)))?;
    if several {
        rows = all;
    }
    rows.sort_unstable();
    rows.dedup();
    Some(Found { column, rows, from, to, whole, several })
}

fn columns(question: &[Token], names: &[Vec<Token>], taken: &HashSet<usize>, links: &mut Links) {
    let mut mentions: Vec<Named> = Vec::new();
    for (column, name) in names.iter().enumerate() {
        let stems: HashSet<&str> = name.iter().map(|token| token.stem.as_str()).collect();
        let places: Vec<usize> = (0..question.len())
            .filter(|at| !links.used.contains(at) && stems.contains(question[*at].stem.as_str()))
            .filter(|at| !taken.contains(at) || name.len() == 1)
            .collect();
        let distinct: HashSet<&str> = places.iter().map(|at| question[*at].stem.as_str()).collect();
        let said = distinct.iter().any(|stem| !is_neutral(stem)) || (name.len() == 1 && !distinct.is_empty());
        if let (Some(&at), true) = (places.first(), said) {
            mentions.push(Named { column, at, hits: distinct.len(), of: stems.len() });
        }
    }
    // Of the columns that share a word, the one whose name is said most fully is meant.
    mentions.sort_by(|a, b| {
        (b.hits * a.of.max(1))
            .cmp(&(a.hits * b.of.max(1)))
            .then(b.hits.cmp(&a.hits))
            .then(a.column.cmp(&b.column))
    });
    let mut kept: Vec<Named> = Vec::new();
    for mention in mentions {
        if kept.iter().all(|known| known.at != mention.at) {
            kept.push(mention);
        }
    }
    for mention in &kept {
        let stems: HashSet<&str> = names[mention.column].iter().map(|token| token.stem.as_str()).collect();
        let places = (0..question.len()).filter(|at| stems.contains(question[*at].stem.as_str()));
        links.used.extend(places);
    }
    kept.sort_by_key(|named| named.at);
    links.named = kept;
}
