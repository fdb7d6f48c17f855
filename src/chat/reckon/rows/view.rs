//! A question as it is seen from one table: which of its words the table explains, and which are left over.

use std::collections::BTreeSet;

use super::Rank;
use super::same::{is_the_word, means};
use super::wants::{COUNTING, WHOLE};
use super::when::Period;
use crate::reckon::grid::{Grid, Line, is_bare};
use crate::reckon::{Desk, words};
use crate::tables::words::{Token, is_neutral, tokens};
use crate::tables::{comparisons, is_free, mean_the_same};
use crate::ways::plain;
use docent_models::terms_of;

/// Places among the words of the question.
pub(super) type Places = BTreeSet<usize>;

/// Words for the rows of any table, and such that say nothing of which ones are meant.
const GENERIC: &[&str] = &[
    "entry",
    "entries",
    "row",
    "rows",
    "record",
    "records",
    "line",
    "lines",
    "item",
    "items",
    "list",
    "table",
    "sheet",
    "file",
    "log",
    "register",
    "overview",
    "fleet",
    "collection",
    "range",
    "company",
    "firm",
    "eintrag",
    "einträge",
    "zeile",
    "zeilen",
    "posten",
    "liste",
    "tabelle",
    "übersicht",
];
const BESIDE: &[&str] = &[
    "different",
    "various",
    "currently",
    "now",
    "today",
    "still",
    "already",
    "contain",
    "contains",
    "containing",
    "involve",
    "involved",
    "involves",
    "relate",
    "related",
    "marked",
    "down",
    "per",
    "cent",
    "percent",
    "share",
    "part",
    "altogether",
    "whole",
    "entire",
    "full",
    "insgesamt",
    "gesamt",
    "summe",
    "through",
    "across",
    "put",
    "money",
    "sum",
    "fall",
    "fallen",
    "falls",
    "fell",
    "add",
    "adds",
    "often",
    "last",
    "latest",
    "current",
    "actually",
    "single",
    "exactly",
    "right",
    "mark",
    "have",
    "has",
    "verschiedene",
    "derzeit",
    "aktuell",
    "schon",
    "enthalten",
    "enthält",
    "betreffen",
    "betrifft",
    "oft",
    "prozent",
    "anteil",
];

pub(super) struct View<'d, 'a> {
    pub(super) desk: &'d Desk<'a>,
    pub(super) at: usize,
    pub(super) grid: &'d Grid,
    pub(super) period: Period,
    /// Words that the table need not explain.
    free: Places,
}

impl<'d, 'a> View<'d, 'a> {
    /// `None` where the table is one of another year than the question names.
    pub(super) fn of(desk: &'d Desk<'a>, at: usize) -> Option<Self> {
        let grid = &desk.grids[at];
        if desk.is_of_another_year(grid) {
            return None;
        }
        let mut period = Period::of(&desk.asked.all, &desk.asked.text);
        // "Built before 1990" is a condition of its own.
        for one in comparisons(&desk.asked.all) {
            period.leave_out(&(one.at..one.to));
        }
        let free = (0..desk.asked.all.len()).filter(|place| is_free_word(desk, *place)).collect();
        Some(Self { desk, at, grid, period, free })
    }

    pub(super) fn word(&self, place: usize) -> &'d Token {
        &self.desk.asked.all[place]
    }

    pub(super) fn places(&self) -> std::ops::Range<usize> {
        0..self.desk.asked.all.len()
    }

    /// The places of a word of the table in the question.
    pub(super) fn places_of(&self, own: &Token) -> Places {
        self.places().filter(|place| is_the_word(own, self.word(*place))).collect()
    }

    /// The same, where words for the same thing count, too.
    pub(super) fn places_like(&self, own: &Token) -> Places {
        let same = self.places_of(own);
        if !same.is_empty() {
            return same;
        }
        self.places().filter(|place| !self.is_free(*place) && means(own, self.word(*place))).collect()
    }

    pub(super) fn is_free(&self, place: usize) -> bool {
        self.free.contains(&place)
    }

    fn is_called(&self, words: &[Token], place: usize) -> bool {
        words.iter().any(|own| means(own, self.word(place)))
    }

    /// Whether the table, its file or the lines above it are called so.
    pub(super) fn is_about(&self, place: usize) -> bool {
        self.is_called(&self.grid.about, place)
    }

    pub(super) fn is_title(&self, place: usize) -> bool {
        self.is_called(&tokens(&self.grid.title), place)
    }

    /// How well the table explains the question with the rows and the column that use these words: `None` where a name or a
    /// number is left over, or more words than that.
    pub(super) fn rank(&self, used: &Places, most: usize) -> Option<Rank> {
        let title = tokens(&self.grid.title);
        let (mut left, mut of_title, mut of_file) = (0, 0, 0);
        for place in self.places().filter(|place| !used.contains(place)) {
            let word = self.word(place);
            let is_time = self.period.places.contains(&place);
            if self.is_called(&title, place) {
                of_title += 1;
            } else if self.is_called(&self.grid.about, place) {
                of_file += 1;
            } else if self.is_free(place) || !is_time && self.stands_in_a_head(word) {
                continue;
            } else if self.desk.is_name(word) || is_time {
                return None;
            } else {
                left += 1;
            }
        }
        (left <= most).then(|| (usize::MAX - left, used.len(), of_title, of_file))
    }

    /// "Route" where one column is called "All routes".
    fn stands_in_a_head(&self, word: &Token) -> bool {
        self.grid.heads.iter().flatten().any(|own| is_the_word(own, word) || mean_the_same(own, word))
    }

    /// The columns of words: those that hold no amounts.
    pub(super) fn labels(&self) -> Vec<usize> {
        (0..self.grid.names.len()).filter(|column| !self.grid.measures.contains(column)).collect()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &'d str {
        self.grid.rows[row].cells.get(column).map_or("", String::as_str)
    }

    /// All rows but those that sum up others.
    pub(super) fn rows(&self) -> Vec<usize> {
        (0..self.grid.rows.len()).filter(|row| !self.sums_up(*row)).collect()
    }

    /// Whether a row sums up others, or is their mean.
    pub(super) fn sums_up(&self, row: usize) -> bool {
        const MEAN: &[&str] = &["average", "mean", "durchschnitt", "mittelwert", "subtotal", "zwischensumme"];
        let line: &Line = &self.grid.rows[row];
        self.grid.is_total(row)
            || line.label.len() <= 3 && line.label.iter().any(|word| MEAN.contains(&word.text.as_str()))
    }

    /// What a row is called: its first cell of words, with the next one where the first is a short sign.
    pub(super) fn name(&self, row: usize) -> String {
        const SHORT: usize = 8;
        let cells: Vec<&str> = self
            .labels()
            .into_iter()
            .map(|column| self.cell(row, column))
            .filter(|cell| !is_bare(cell))
            .take(2)
            .collect();
        let is_sign =
            |cell: &str| cell.chars().any(|c| c.is_ascii_digit()) && cell.chars().count() <= 2 * SHORT;
        match cells[..] {
            [first, second] if is_sign(first) => plain(&format!("{first} {second}")),
            [first, ..] => plain(first),
            [] => String::new(),
        }
    }

    pub(super) fn file(&self) -> String {
        self.desk.file(self.grid.paper)
    }
}

/// Whether a word says nothing of which rows or columns are meant.
fn is_free_word(desk: &Desk<'_>, place: usize) -> bool {
    let word = &desk.asked.all[place];
    let text = word.text.as_str();
    let capital = text.chars().count() == 1 && desk.asked.content.iter().any(|own| own.text == text);
    if text.chars().any(|c| c.is_ascii_digit()) || capital {
        return false;
    }
    let of_phrase = |phrases: &[&str]| {
        phrases
            .iter()
            .any(|phrase| desk.asked.says_phrase(&[phrase]) && phrase.split(' ').any(|own| own == text))
    };
    terms_of(text).is_empty()
        || is_neutral(text)
        || is_free(text)
        || GENERIC.contains(&text)
        || BESIDE.contains(&text)
        || !words::is_content(word)
        || of_phrase(COUNTING)
        || of_phrase(WHOLE)
}

pub(super) fn is_generic(word: &Token) -> bool {
    GENERIC.contains(&word.text.as_str())
}
