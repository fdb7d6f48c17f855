//! What stands in the one cell that a question names by its row and its column.

use super::conditions::{Held, held};
use super::heads::{Column, columns, only};
use super::view::{Places, View};
use super::{Outcome, wants};
use crate::reckon::crossing::meaning_of;
use crate::reckon::grid::{Spot, is_bare};
use crate::reckon::{Reckoned, Said};
use crate::ways::{Text, plain};

const CELL: Text = Text::new("{}: **{}** ({}; {})", "{}: **{}** ({}; {})");

/// Words that are left over, at most; none where a row or column is named in part.
const LEFT: usize = 1;

/// Columns of how many there are.
const QUANTITY: &[&str] =
    &["quantity", "qty", "number", "count", "menge", "anzahl", "stückzahl", "bestand", "pieces"];

pub(super) fn cell(view: &View<'_, '_>) -> Option<Outcome> {
    // That is no number of a cell.
    if view.desk.asked.says(&["often", "oft", "häufig"]) {
        return None;
    }
    let held = held(view)?;
    if held.words.is_empty() || held.rows.len() == view.rows().len() {
        return None;
    }
    let column = column(view, &held)?;
    let words: Places = held.words.iter().chain(&column.words).copied().collect();
    let sure = column.whole && !held.partly;
    let rank = view.rank(&words, if sure { LEFT } else { 0 })?;
    let value = |row: usize| view.cell(row, column.at).trim();
    let first = *held.rows.first()?;
    if is_bare(value(first)) || held.rows.iter().any(|row| value(*row) != value(first)) {
        return None;
    }
    let amount = view.grid.amount(first, column.at);
    if asks_how_many(view) && amount.is_none() {
        return None;
    }
    // What the question says itself is no answer to it.
    let said = crate::tables::words::tokens(value(first));
    if amount.is_none() && said.iter().all(|own| !view.places_of(own).is_empty()) {
        return None;
    }
    let written = amount.map_or_else(|| value(first).to_owned(), |amount| amount.written());
    let meaning = meaning_of(view.desk, view.grid.paper, value(first));
    let written = meaning.map_or(written, |meaning| format!("{} = {meaning}", value(first)));
    let head = plain(view.grid.head(column.at));
    let row = if held.cells.is_empty() { view.name(first) } else { held.cells.join(", ") };
    let texts = [head.as_str(), &plain(&written), &row, &view.file()];
    let spot = Spot { grid: view.at, row: first, column: column.at };
    let said = Said { text: view.desk.text(&CELL, &texts), places: vec![view.desk.place(spot)] };
    Some(Outcome {
        rank,
        value: value(first).to_lowercase(),
        said: Reckoned { lines: vec![said], way: "cell" },
    })
}

fn asks_how_many(view: &View<'_, '_>) -> bool {
    view.desk.asked.says_phrase(wants::COUNTING)
        || view.desk.asked.says_phrase(&["how much", "wie viel", "wieviel", "wie hoch"])
}

/// The column that the question names; of how many there are, where it asks that and names none.
fn column(view: &View<'_, '_>, held: &Held) -> Option<Column> {
    let among: Vec<usize> =
        (0..view.grid.names.len()).filter(|column| !held.columns.contains(column)).collect();
    let named = columns(view, &among, &held.words);
    if named.iter().any(|column| column.whole) {
        // Of two columns that are named, the one says only a part.
        let [_] = named[..] else { return None };
        return only(named);
    }
    if view.desk.asked.says_phrase(wants::COUNTING)
        && let Some(at) = quantity(view)
    {
        return Some(Column { at, words: Places::new(), whole: true });
    }
    only(named).filter(|column| view.grid.measures.contains(&column.at))
}

/// The one column that says how many there are of what a row is.
pub(super) fn quantity(view: &View<'_, '_>) -> Option<usize> {
    let is_quantity = |column: &&usize| {
        let head = &view.grid.heads[**column];
        head.len() <= 2 && head.iter().any(|own| QUANTITY.contains(&own.text.as_str()))
    };
    let mut quantities = view.grid.measures.iter().filter(is_quantity);
    quantities.next().copied().filter(|_| quantities.next().is_none())
}
