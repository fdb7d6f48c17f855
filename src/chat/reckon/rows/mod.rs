//! Questions to the rows of one table: what stands in a cell, how many rows there are, which ones, what they come to, and
//! what share one has of all.
//!
//! [`wants`] tells by the question's words what it asks for. For each table [`naming`] tells which rows and which column it
//! names, [`when`] which times. A table counts only where every word that tells something is explained: by a row, by a
//! column, by what the table is called, or by what is asked for; names and numbers always. Of several tables the one that
//! explains most counts, and nothing is said where two that explain as much say different things.

mod cells;
mod conditions;
mod counts;
mod heads;
mod naming;
mod same;
mod sums;
mod view;
mod wants;
mod when;

use super::words::Asked;
use super::{Desk, Reckoned};
use view::View;
use wants::{Wants, wants};

/// Whether a question asks by its words for rows, their number, or what they come to.
pub(super) fn is_asked(asked: &Asked) -> bool {
    matches!(wants(asked), Some(Wants::Count | Wants::List | Wants::Sum | Wants::Share))
}

/// Whether it may ask for what stands in a cell.
pub(super) fn asks_for_a_cell(asked: &Asked) -> bool {
    matches!(wants(asked), Some(Wants::Cell | Wants::Count))
}

/// What is made of rows.
pub(super) fn answer(desk: &Desk<'_>) -> Option<Reckoned> {
    match wants(&desk.asked)? {
        Wants::Count => best(desk, counts::counted),
        Wants::List => best(desk, counts::listed),
        Wants::Sum => best(desk, sums::sum),
        Wants::Share => best(desk, sums::share),
        Wants::Cell => None,
    }
}

/// What stands in the one cell that the question names.
pub(super) fn cell(desk: &Desk<'_>) -> Option<Reckoned> {
    match wants(&desk.asked)? {
        Wants::Cell | Wants::Count => best(desk, cells::cell),
        _ => None,
    }
}

/// What came of one table, and how well the table explains the question: the best last.
struct Outcome {
    rank: Rank,
    /// What two tables have to agree in.
    value: String,
    said: Reckoned,
}

/// Words that are left over, counted down; words of rows and columns; words of the title; words of the file.
type Rank = (usize, usize, usize, usize);

fn best(desk: &Desk<'_>, of: impl Fn(&View<'_, '_>) -> Option<Outcome>) -> Option<Reckoned> {
    let allowed = |at: &usize| !desk.is_superseded(desk.grids[*at].paper);
    let views = (0..desk.grids.len()).filter(allowed).filter_map(|at| View::of(desk, at));
    let outcomes: Vec<Outcome> = views.filter_map(|view| of(&view)).collect();
    let most = outcomes.iter().map(|outcome| outcome.rank).max()?;
    let mut fitting = outcomes.into_iter().filter(|outcome| outcome.rank == most);
    let first = fitting.next()?;
    fitting.all(|other| other.value == first.value).then_some(first.said)
}

#[cfg(test)]
mod tests;
