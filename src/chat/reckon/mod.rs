//! Questions whose answer stands in no one place: it is reckoned from cells and sentences, each of which is cited.
//!
//! Each way to reckon is a file: what two lines of a table are apart ([`apart`]), what changed from one edition to the next
//! ([`editions`]), sums of rows and what totals are apart ([`totals`]), so many times a rate ([`rates`]), a share of an amount
//! ([`shares`]), what two documents come to ([`documents`]), what one bill comes to ([`bill`]), and what single rows of a
//! table say ([`rows`]). Each says nothing where a word of the question is explained by nothing, where two readings fit
//! equally well and give different numbers, or where a number has no source.

pub(crate) mod amount;
mod apart;
mod bill;
mod crossing;
mod documents;
mod editions;
mod find;
mod grid;
mod rates;
mod rows;
mod sentences;
mod shares;
mod totals;
mod words;

pub(crate) use editions::are_called_alike;
pub(crate) use grid::Paper;

use crate::figures::period::years_in;
use crate::tables::comparisons;
use crate::ways::Text;
use grid::{Grid, grids};
use std::collections::HashSet;
use std::sync::OnceLock;
use words::Asked;

/// What was reckoned, in words, and the places that it stands on: the document's number and where in its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reckoned {
    pub(crate) lines: Vec<Said>,
    pub(crate) way: &'static str,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) places: Vec<(usize, i64)>,
}

/// Everything that is reckoned with.
pub(crate) struct Desk<'a> {
    asked: Asked,
    papers: &'a [Paper],
    grids: Vec<Grid>,
    /// All words of each document, by their stems.
    said: Vec<OnceLock<HashSet<String>>>,
    language: &'a str,
}

/// Whether a question asks for something that is reckoned, by its words.
pub(crate) fn is_asked(question: &str) -> bool {
    let asked = Asked::of(question);
    asked.asks_how_far()
        || asked.says(words::APART)
        || asked.asks_change()
        || crate::ways::holds_editions(question)
        || totals::is_asked(&asked)
        || rates::is_asked(&asked)
        || shares::is_asked(&asked)
        || rows::is_asked(&asked)
        || bill::is_asked(&asked)
}

/// Whether what a question asks for may stand in a cell.
pub(crate) fn asks_for_a_cell(question: &str) -> bool {
    let asked = Asked::of(question);
    rows::asks_for_a_cell(&asked) || crossing::asks_for_a_cell(&asked)
}

/// What stands where a row and a column cross that the question names.
pub(crate) fn crossed(question: &str, papers: &[Paper], language: &str) -> Option<Reckoned> {
    let desk = Desk::of(question, papers, language);
    rows::cell(&desk).or_else(|| crossing::cell(&desk))
}

/// The answer, in the first way that has one.
pub(crate) fn reckon(question: &str, papers: &[Paper], language: &str) -> Option<Reckoned> {
    let desk = Desk::of(question, papers, language);
    rows::answer(&desk)
        .or_else(|| editions::changed(&desk))
        .or_else(|| editions::listed(&desk))
        .or_else(|| apart::apart(&desk))
        .or_else(|| documents::apart(&desk))
        .or_else(|| bill::end(&desk))
        .or_else(|| sentences::changed(&desk))
        .or_else(|| totals::apart(&desk))
        .or_else(|| shares::less(&desk))
        .or_else(|| rates::times(&desk))
        .or_else(|| shares::of(&desk))
        .or_else(|| totals::sum(&desk))
}

impl<'a> Desk<'a> {
    fn of(question: &str, papers: &'a [Paper], language: &'a str) -> Self {
        let said = papers.iter().map(|_| OnceLock::new()).collect();
        Self { asked: Asked::of(question), papers, grids: grids(papers), said, language }
    }

    fn text(&self, text: &Text, values: &[&str]) -> String {
        text.with(self.language, values)
    }

    fn file(&self, paper: usize) -> String {
        crate::ways::plain(&self.papers[paper].file)
    }

    fn place(&self, spot: grid::Spot) -> (usize, i64) {
        let grid = &self.grids[spot.grid];
        (grid.paper, grid.rows[spot.row].start)
    }

    /// Whether the document explains the words of the question that no cell does: all names and numbers, and all other
    /// words but few.
    fn explains(&self, paper: usize, words: &[usize]) -> bool {
        const MOST: usize = 2;
        let unknown: Vec<&crate::tables::words::Token> = self
            .asked
            .content
            .iter()
            .enumerate()
            .filter(|(at, word)| !words.contains(at) && !self.is_said(paper, word))
            .map(|(_, word)| word)
            .collect();
        unknown.len() <= MOST && !unknown.iter().any(|word| self.is_name(word))
    }

    fn is_name(&self, word: &crate::tables::words::Token) -> bool {
        self.asked.is_name(word, self.language == "de")
    }

    /// Whether the table is called by a year, and the question names others alone.
    fn is_of_another_year(&self, grid: &Grid) -> bool {
        let compared = comparisons(&self.asked.all);
        let asked: Vec<i32> = self
            .asked
            .years()
            .into_iter()
            .filter(|year| !compared.iter().any(|one| one.names(*year)))
            .collect();
        let names = [grid.title.as_str(), grid.around.as_str()].into_iter().map(years_in);
        let known = names.into_iter().find(|years| !years.is_empty()).unwrap_or_default();
        let named = |text: &str| years_in(text).iter().any(|year| asked.contains(year));
        let within = || {
            let rows = grid.rows.iter().flat_map(|line| &line.cells);
            grid.names.iter().chain(rows).any(|cell| named(cell))
        };
        !asked.is_empty() && !known.is_empty() && !known.iter().any(|year| asked.contains(year)) && !within()
    }

    /// Whether there is a later edition, and the question does not name the year of this one.
    fn is_superseded(&self, paper: usize) -> bool {
        editions::is_superseded(self, paper)
    }

    fn is_said(&self, paper: usize, word: &crate::tables::words::Token) -> bool {
        if words::is_soft(&word.text) {
            return true;
        }
        let said = self.said[paper].get_or_init(|| words_of(&self.papers[paper]));
        said.contains(&word.stem) || said.contains(&word.text)
    }
}

/// All words of a document and of its name, with their stems.
fn words_of(paper: &Paper) -> HashSet<String> {
    let text = format!("{} {}", paper.text, paper.file.replace(['_', '-', '.'], " "));
    let words = crate::tables::words::tokens(&text).into_iter();
    words.flat_map(|word| [word.stem, word.text]).collect()
}

#[cfg(test)]
mod tests;
