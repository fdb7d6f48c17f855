//! Which column a comparison is about: that of money, that of amounts per something, or another column of the same row.

use super::columns::{holds_numbers, is_money, per_what};
use super::free_words::GONE;
use super::grammar::SIGNS;
use super::plan::{Condition, Sign};
use super::same::is_one_word;
use super::uses::Uses;

/// Words between a number and what it is per: "140 a week".
const PER: &[&str] = &[
    "a", "an", "per", "pro", "je", "par", "por", "each", "every", "im", "in", "am", "die", "la", "al", "le",
];

/// Parts of the names of columns for what there is at present.
const PRESENT: &[&str] = &[
    "hand",
    "stock",
    "available",
    "current",
    "quantity",
    "qty",
    "level",
    "bestand",
    "lagerbestand",
    "vorrat",
    "menge",
    "gasto",
    "real",
    "réel",
    "vorhanden",
    "verfügbar",
    "existencias",
    "disponible",
    "quantité",
    "cantidad",
];

/// Words between a comparison and the name of a column.
const BETWEEN: &[&str] = &[
    "the", "their", "its", "his", "her", "our", "set", "own", "dem", "den", "der", "die", "das", "ihrem",
    "ihren", "seinem", "seinen", "leur", "su", "el", "la", "le",
];

/// Words of a column's name in a question, at most.
const LONGEST_NAME: usize = 5;

impl Uses<'_, '_> {
    /// "A week" behind a number: the one column of amounts per week, and how many words say so.
    pub(super) fn rate_behind(&self, at: usize) -> Option<(usize, usize)> {
        let table = self.reader.table;
        let unit = self.reader.words.get(at + 1).filter(|_| PER.contains(&self.reader.word(at)))?;
        let is_per = |column: &usize| per_what(table, *column).any(|known| is_one_word(known, unit));
        let mut found = (0..table.columns.len()).filter(|at| holds_numbers(table, *at)).filter(is_per);
        found.next().filter(|_| found.next().is_none()).map(|column| (column, 2))
    }

    /// The column that an amount of money is compared with: the one that is named, else the only one.
    pub(super) fn money_meant(&self, named: &[usize]) -> Option<usize> {
        let table = self.reader.table;
        let of_money: Vec<usize> = (0..table.columns.len()).filter(|at| is_money(table, *at)).collect();
        let both: Vec<usize> = of_money.iter().copied().filter(|at| named.contains(at)).collect();
        match (&both[..], &of_money[..]) {
            ([one], _) | ([], [one]) => Some(*one),
            _ => None,
        }
    }

    /// "Below their minimum stock": one column of a row against another one.
    pub(super) fn by_columns(&mut self) -> Option<Condition> {
        if !self.reader.free {
            return None;
        }
        let (from, behind, sign) = self.comparison_of_columns()?;
        let mut start = behind;
        while BETWEEN.contains(&self.reader.word(start)) {
            start += 1;
        }
        let names =
            |at: usize| at < self.used.len() && !self.in_cells[at] && !self.reader.columns[at].is_empty();
        let end = (start..self.used.len().min(start + LONGEST_NAME)).find(|at| !names(*at));
        let end = end.unwrap_or(self.used.len().min(start + LONGEST_NAME));
        let table = self.reader.table;
        let by_all = |column: &usize| {
            holds_numbers(table, *column) && (start..end).all(|at| self.reader.columns[at].contains(column))
        };
        let limits: Vec<usize> = (0..table.columns.len()).filter(by_all).collect();
        let [limit] = limits[..] else { return None };
        if start == end {
            return None;
        }
        let before = |column: &usize| {
            *column != limit
                && holds_numbers(table, *column)
                && (0..from).any(|at| !self.in_cells[at] && self.reader.columns[at].contains(column))
        };
        let said: Vec<usize> = (0..table.columns.len()).filter(before).collect();
        let column = match said[..] {
            [one] => one,
            [] => self.present(limit)?,
            _ => return None,
        };
        let own: Vec<usize> =
            (0..from).filter(|at| said.contains(&column) && self.reader.columns[*at] == [column]).collect();
        self.take(own);
        self.take(from..end);
        self.columns.extend([column, limit]);
        Some(Condition::Against { column, sign, other: limit })
    }

    /// Where words compare with what is no number.
    fn comparison_of_columns(&self) -> Option<(usize, usize, Sign)> {
        (0..self.used.len()).find_map(|at| {
            let says = |words: &&[&str]| {
                words.iter().enumerate().all(|(n, word)| {
                    !self.used.get(at + n).copied().unwrap_or(true) && self.reader.word(at + n) == *word
                })
            };
            let (words, sign) = SIGNS.iter().find(|(words, _)| says(words))?;
            // What is before or after something else is a time.
            let of_time = matches!(words[..], ["after" | "since" | "before" | "nach" | "seit" | "vor"]);
            (!of_time).then_some((at, at + words.len(), *sign))
        })
    }

    /// The one column of what there is at present, beside this one.
    fn present(&self, limit: usize) -> Option<usize> {
        let table = self.reader.table;
        let says = |at: &usize| {
            let name = &table.columns[*at].name;
            *at != limit
                && holds_numbers(table, *at)
                && name.iter().any(|word| {
                    let word = word.text.as_str();
                    PRESENT.contains(&word) || GONE.contains(&word)
                })
        };
        let mut found = (0..table.columns.len()).filter(says);
        found.next().filter(|_| found.next().is_none())
    }
}
