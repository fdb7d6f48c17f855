//! What the words of a question mean in a table: columns, and rows by what stands in their cells.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::same::is_one_word;
use super::typed::{ColumnKind, Typed};
use super::words::{Token, is_neutral, month, tokens};

/// Words of a question that stand in cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// Places of the words in the question.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where they stand: the column with the most of them first.
    pub(super) hits: Vec<Hit>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    pub(super) column: usize,
    pub(super) rows: Vec<usize>,
    pub(super) fit: Fit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The words are all that stands in the cell.
    Whole,
    Part,
    /// The cell has a word that is nearly the same.
    Near,
    /// Whatever column it is.
    Anywhere,
}

/// A column that the question names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub(super) column: usize,
    pub(super) places: Vec<usize>,
    /// All words of the name are there.
    pub(super) full: bool,
}

/// Longest run of words that is looked for in cells.
const LONGEST: usize = 9;

/// Columns that are tried for one run of words.
const HITS: usize = 5;

/// Beginnings of words that are the same make them nearly the same.
const BEGINNING: usize = 4;

/// Cells by the words that stand in them.
pub(super) struct Index {
    cells: Vec<Vec<Vec<Token>>>,
    places: HashMap<String, Vec<(usize, usize, usize)>>,
}

impl Index {
    pub(super) fn of(table: &Typed<'_>) -> Self {
        let cells: Vec<Vec<Vec<Token>>> =
            table.table.rows.iter().map(|row| row.cells.iter().map(|cell| tokens(cell)).collect()).collect();
        let mut places: HashMap<String, Vec<(usize, usize, usize)>> = HashMap::new();
        for (row, columns) in cells.iter().enumerate() {
            for (column, words) in columns.iter().enumerate() {
                for (place, word) in words.iter().enumerate() {
                    places.entry(word.stem.clone()).or_default().push((row, column, place));
                }
            }
        }
        Self { cells, places }
    }

    /// The runs of words of the question that stand in cells, longest first and none inside another.
    pub(super) fn spans(&self, question: &[Token], named: &[Named], table: &Typed<'_>) -> Vec<Span> {
        let mut used: HashSet<usize> = HashSet::new();
        let mut spans = Vec::new();
        for length in (1..=LONGEST.min(question.len())).rev() {
            for from in 0..=question.len() - length {
                let to = from + length;
                if (from..to).any(|at| used.contains(&at)) || !says_something(&question[from..to]) {
                    continue;
                }
                let hits = self.hits(&question[from..to], named, table);
                if !hits.is_empty() {
                    used.extend(from..to);
                    spans.push(Span { from, to, hits });
                }
            }
        }
        let open: Vec<usize> = (0..question.len()).filter(|at| !used.contains(at)).collect();
        spans.extend(open.into_iter().filter_map(|at| self.near(question, at, named)));
        spans.sort_by_key(|span| span.from);
        spans
    }

    fn hits(&self, words: &[Token], named: &[Named], table: &Typed<'_>) -> Vec<Hit> {
        let Some(starts) = self.places.get(&words[0].stem) else { return Vec::new() };
        let number = words.len() == 1 && is_number(&words[0].stem);
        let is_date = words.len() > 1 && words.iter().any(|word| month(&word.text).is_some());
        let mut columns: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &(row, column, place) in starts {
            let cell = &self.cells[row][column];
            let run = cell.len() >= place + words.len()
                && cell[place..].iter().zip(words).all(|(a, b)| a.stem == b.stem);
            // "June 22" is "22 June".
            let date = is_date && words.iter().all(|word| cell.iter().any(|known| known.stem == word.stem));
            if !run && !date {
                continue;
            }
            // "12 km" is 12; 3 is not in "3 May", but 1999 is.
            let measure = number && place == 0 && table.columns[column].kind == ColumnKind::Number;
            let whole = cell.len() == words.len() || measure;
            if number && !whole && words[0].text.len() != 4 {
                continue;
            }
            let (wholes, parts) = columns.entry(column).or_default();
            parts.push(row);
            if whole {
                wholes.push(row);
            }
        }
        let mut hits = Vec::new();
        for (column, (wholes, parts)) in columns {
            let more = wholes.len() < parts.len();
            if !wholes.is_empty() {
                hits.push(Hit { column, rows: unique(wholes), fit: Fit::Whole });
            }
            if more {
                hits.push(Hit { column, rows: unique(parts), fit: Fit::Part });
            }
        }
        ranked(hits, named)
    }

    /// Cells with another form of the word.
    pub(super) fn forms(&self, word: &Token) -> Vec<Hit> {
        let same = |stem: &String| is_one_word(&Token { text: stem.clone(), stem: stem.clone() }, word);
        let mut columns: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (row, column, _) in
            self.places.iter().filter(|(stem, _)| same(stem)).flat_map(|(_, places)| places)
        {
            let (wholes, parts) = columns.entry(*column).or_default();
            if self.cells[*row][*column].len() == 1 { wholes.push(*row) } else { parts.push(*row) }
        }
        let hits = columns.into_iter().flat_map(|(column, (wholes, parts))| {
            [(wholes, Fit::Whole), (parts, Fit::Part)].map(|(rows, fit)| Hit {
                column,
                rows: unique(rows),
                fit,
            })
        });
        hits.filter(|hit| !hit.rows.is_empty()).collect()
    }

    /// A cell with a word that begins alike.
    fn near(&self, question: &[Token], at: usize, named: &[Named]) -> Option<Span> {
        let word = &question[at];
        if is_neutral(&word.text) || word.text.chars().count() <= BEGINNING || is_number(&word.text) {
            return None;
        }
        let beginning: String = word.text.chars().take(BEGINNING).collect();
        let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, cells) in self.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                if cell.iter().any(|known| known.text.starts_with(&beginning)) {
                    columns.entry(column).or_default().push(row);
                }
            }
        }
        let hits: Vec<Hit> =
            columns.into_iter().map(|(column, rows)| Hit { column, rows, fit: Fit::Near }).collect();
        (!hits.is_empty()).then(|| Span { from: at, to: at + 1, hits: ranked(hits, named) })
    }
}

fn unique(mut rows: Vec<usize>) -> Vec<usize> {
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Whole cells before parts, columns that are named before others, many before few; then what stands in any of them.
fn ranked(mut hits: Vec<Hit>, named: &[Named]) -> Vec<Hit> {
    let said = |hit: &Hit| !named.iter().any(|named| named.column == hit.column);
    hits.sort_by(|a, b| {
        let many = b.rows.len().cmp(&a.rows.len());
        a.fit.cmp(&b.fit).then(said(a).cmp(&said(b))).then(many).then(a.column.cmp(&b.column))
    });
    let columns: HashSet<usize> = hits.iter().map(|hit| hit.column).collect();
    let all: Vec<usize> = hits.iter().flat_map(|hit| hit.rows.iter().copied()).collect();
    hits.truncate(HITS);
    if columns.len() > 1 {
        let column = hits[0].column;
        hits.push(Hit { column, rows: unique(all), fit: Fit::Anywhere });
    }
    hits
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

/// Whether a run of words may stand for a cell, and not for the question's grammar.
fn says_something(words: &[Token]) -> bool {
    if words.iter().all(|word| is_neutral(&word.text)) {
        return false;
    }
    if is_neutral(&words[0].text) && words.len() > 1 {
        // "the united states" is looked for without "the", unless the cell has it: longer runs come first.
        return words.iter().filter(|word| !is_neutral(&word.text)).count() >= 1;
    }
    true
}

/// The columns whose names the question says, whole or in part.
pub(super) fn named(question: &[Token], table: &Typed<'_>) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for (column, known) in table.columns.iter().enumerate() {
        let name: Vec<&Token> = known.name.iter().filter(|token| !is_neutral(&token.text)).collect();
        let name: Vec<&Token> = if name.is_empty() { known.name.iter().collect() } else { name };
        let places: Vec<usize> =
            (0..question.len()).filter(|at| name.iter().any(|token| alike(token, &question[*at]))).collect();
        if places.is_empty() {
            continue;
        }
        let full = name.iter().all(|token| places.iter().any(|at| alike(token, &question[*at])));
        named.push(Named { column, places, full });
    }
    named
}

/// The same word in another form: "nation" and "nationality", but not "visited" and "visitors".
fn alike(a: &Token, b: &Token) -> bool {
    let shared = a.text.chars().zip(b.text.chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.text.chars().count().min(b.text.chars().count());
    a.stem == b.stem || (shared > BEGINNING && shared + 1 >= shorter)
}
