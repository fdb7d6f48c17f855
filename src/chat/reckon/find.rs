//! The cell that words name by its row and its column.

use super::Desk;
use super::amount::Amount;
use super::grid::{Grid, Spot};
use super::words::{fit, fits_strictly};
use crate::tables::words::Token;

/// A cell with how well the words name it; the best last.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) spot: Spot,
    pub(crate) amount: Amount,
    /// Places of the words that its row and its column explain.
    pub(crate) words: Vec<usize>,
    rank: Rank,
}

/// Words that name the cell; whether its row is named whole; words that name the table; words of row and column that are
/// not asked for, counted down.
type Rank = (usize, bool, usize, usize);

/// Words of a row or column that are not asked for count against it up to here.
const UNASKED: usize = 20;

/// All cells that the words name best.
pub(crate) fn best_named(desk: &Desk<'_>, words: &[Token], allowed: &dyn Fn(&Grid) -> bool) -> Vec<Named> {
    let mut all = all_named(desk, words, allowed);
    let best = all.iter().map(|one| one.rank).max();
    all.retain(|one| Some(one.rank) == best);
    all
}

/// Whether a line is called by what the question does not want: "contract" where it is about those without one.
fn is_refused(line: &[Token], refused: &[&Token]) -> bool {
    const NON: &[&str] = &["non", "no", "not", "without", "ohne", "nicht", "kein", "keine"];
    let has = |word: &&&Token| line.iter().any(|own| fits_strictly(own, word));
    refused.iter().any(|word| has(&word)) && !line.iter().any(|own| NON.contains(&own.text.as_str()))
}

/// The one cell that the words name best among the tables that are allowed; `None` where several do and say different things.
pub(crate) fn named(desk: &Desk<'_>, words: &[Token], allowed: &dyn Fn(&Grid) -> bool) -> Option<Named> {
    let all = all_named(desk, words, allowed);
    let best = all.iter().map(|one| one.rank).max()?;
    let mut fitting = all.into_iter().filter(|one| one.rank == best);
    let first = fitting.next()?;
    fitting.all(|other| (other.amount.value - first.amount.value).abs() < 1e-9).then_some(first)
}

fn all_named(desk: &Desk<'_>, words: &[Token], allowed: &dyn Fn(&Grid) -> bool) -> Vec<Named> {
    let mut all = Vec::new();
    for (at, grid) in desk.grids.iter().enumerate().filter(|(_, grid)| allowed(grid)) {
        let heads: Vec<_> = grid.heads.iter().map(|head| fit(head, words)).collect();
        // A price is asked for, and no days of delivery.
        let money =
            desk.asked.asks_money() && grid.measures.iter().any(|column| grid.is_money_mostly(*column));
        let refused = desk.asked.refused();
        for (row, line) in grid.rows.iter().enumerate() {
            let of_row = line.fit(words);
            let whole = line.has_part_named_by(words);
            // A part of what a row is called may name another.
            let partly = of_row.words.len() >= 2 && of_row.unasked <= of_row.words.len();
            if of_row.words.is_empty() || !(whole || partly) || grid.is_total(row) {
                continue;
            }
            for column in grid.measures.iter().copied() {
                let Some(amount) = grid.amount(row, column) else { continue };
                if is_refused(&grid.heads[column], &refused) || is_refused(&line.label, &refused) {
                    continue;
                }
                if money && !amount.is_money() && heads[column].words.is_empty() {
                    continue;
                }
                let mut named = of_row.words.clone();
                named.extend(heads[column].words.iter().filter(|word| !of_row.words.contains(word)));
                let about = words
                    .iter()
                    .enumerate()
                    .filter(|(at, word)| {
                        !named.contains(at) && grid.about.iter().any(|own| fits_strictly(own, word))
                    })
                    .count();
                // Where the question names no column, none is meant more than another.
                let of_head = if heads[column].words.is_empty() { 0 } else { heads[column].unasked };
                let unasked = of_row.unasked + of_head;
                let rank = (named.len(), whole, about, UNASKED.saturating_sub(unasked));
                all.push(Named { spot: Spot { grid: at, row, column }, amount, words: named, rank });
            }
        }
    }
    all
}
