//! Conditions of rows beside what they are called: a mark in a column, a number to compare with, one column against another,
//! a time.

use super::heads::{columns, only};
use super::naming::{Named, named};
use super::view::{Places, View};
use super::when::{date_of, times};
use crate::tables::Value;
use crate::tables::plan::Sign;
use crate::tables::{Compared, comparisons};
use crate::ways::plain;

/// Rows for which all that the question says holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) rows: Vec<usize>,
    pub(super) words: Places,
    /// What holds, for people.
    pub(super) said: Vec<String>,
    /// The cells that are named.
    pub(super) cells: Vec<String>,
    /// The columns that the conditions are on.
    pub(super) columns: Vec<usize>,
    /// Those of them that are on times and numbers.
    pub(super) timed: Vec<usize>,
    /// A cell was named only in part.
    pub(super) partly: bool,
}

const YES: &[&str] = &["yes", "y", "true", "x", "✓", "✔", "ja", "j", "●", "•"];
const NO: &[&str] = &["no", "n", "false", "nein", "-", "–", "—", "", "○"];

const BELOW: &[&str] = &["below", "under", "beneath", "less than", "short of", "unter", "unterhalb"];
const ABOVE: &[&str] =
    &["above", "over", "beyond", "more than", "exceed", "exceeds", "exceeded", "über", "oberhalb"];

/// Columns of what there is at present.
const PRESENT: &[&str] = &[
    "quantity", "qty", "stock", "count", "counted", "actual", "present", "hand", "bestand", "menge", "ist",
    "anzahl",
];

impl Held {
    fn keep(
        &mut self,
        rows: Vec<usize>,
        words: impl IntoIterator<Item = usize>,
        column: usize,
        said: String,
    ) {
        self.rows.retain(|row| rows.contains(row));
        self.words.extend(words);
        self.columns.push(column);
        self.said.push(said);
    }
}

/// The rows that hold; `None` where a condition cannot be told.
pub(super) fn held(view: &View<'_, '_>) -> Option<Held> {
    let mut held = Held { rows: view.rows(), ..Held::default() };
    if let Some(times) = times(view, &held.rows) {
        let head = plain(view.grid.head(times.column));
        let words: Vec<&str> = times.places.iter().map(|place| view.word(*place).text.as_str()).collect();
        let said = format!("{head}: {}", words.join(" "));
        held.timed.push(times.column);
        held.keep(times.rows, times.places, times.column, said);
    }
    compared(view, &mut held)?;
    against(view, &mut held);
    marked(view, &mut held);
    let Named { rows, words, by, partly } = named(view, &held.rows, &held.words)?;
    for (column, cells) in by {
        let said = format!("{}: {}", plain(view.grid.head(column)), plain(&cells.join(", ")));
        held.cells.push(plain(&cells.join(", ")));
        let rows = rows.clone();
        held.keep(rows, [], column, said);
    }
    held.words.extend(words);
    held.partly = partly;
    (!held.rows.is_empty()).then_some(held)
}

/// A column of yes and no that the question names.
fn marked(view: &View<'_, '_>, held: &mut Held) {
    let says = |cell: &str, words: &[&str]| words.contains(&cell.trim().to_lowercase().as_str());
    let is_marked = |column: &usize| {
        let (mut yes, mut known) = (0, 0);
        for row in &held.rows {
            let cell = view.cell(*row, *column);
            yes += usize::from(says(cell, YES));
            known += usize::from(says(cell, YES) || says(cell, NO));
        }
        yes > 0 && known > yes && known * 10 >= held.rows.len() * 7
    };
    let marks: Vec<usize> = (1..view.grid.names.len()).filter(is_marked).collect();
    let named = columns(view, &marks, &held.words).into_iter().filter(|column| column.whole);
    for column in named.collect::<Vec<_>>() {
        let rows: Vec<usize> =
            held.rows.iter().copied().filter(|row| says(view.cell(*row, column.at), YES)).collect();
        let yes = rows.first().map_or("", |row| view.cell(*row, column.at));
        let said = format!("{}: {}", plain(view.grid.head(column.at)), plain(yes));
        held.keep(rows, column.words, column.at, said);
    }
}

/// "More than 300 berths", "built before 1990": `None` where it is not told which column is meant.
fn compared(view: &View<'_, '_>, held: &mut Held) -> Option<()> {
    for one in comparisons(&view.desk.asked.all) {
        let words: Places = (one.at..one.to).collect();
        // "From 3 to 5 May" is a time.
        if !words.is_disjoint(&held.words)
            || words.iter().any(|place| view.period.places.contains(place)) && !one.year
        {
            continue;
        }
        let column = column_of(view, &one, &words)?;
        let value = |row: &usize| {
            let cell = view.cell(*row, column.0);
            if one.year {
                let year = date_of(cell).and_then(|date| date.year).map(f64::from);
                return year
                    .or_else(|| Value::of(cell).number.filter(|year| (1000.0..2200.0).contains(year)));
            }
            view.grid.amount(*row, column.0).map(|amount| amount.value)
        };
        let rows: Vec<usize> =
            held.rows.iter().copied().filter(|row| value(row).is_some_and(|it| fits(&one, it))).collect();
        let said: Vec<&str> = words.iter().map(|place| view.word(*place).text.as_str()).collect();
        let said = format!("{}: {}", plain(view.grid.head(column.0)), said.join(" "));
        held.timed.push(column.0);
        held.keep(rows, words.into_iter().chain(column.1), column.0, said);
    }
    Some(())
}

fn fits(one: &Compared, value: f64) -> bool {
    if let Some(upper) = one.upper {
        return (one.value..=upper).contains(&value);
    }
    match one.sign {
        Sign::Less => value < one.value,
        Sign::AtMost => value <= one.value,
        Sign::Equal => (value - one.value).abs() < 1e-9,
        Sign::AtLeast => value >= one.value,
        Sign::More => value > one.value,
    }
}

/// The column that a number is compared with, which the question names: for a year one of years or dates.
fn column_of(view: &View<'_, '_>, one: &Compared, taken: &Places) -> Option<(usize, Places)> {
    let filled = |column: usize| view.rows().into_iter().map(move |row| view.cell(row, column));
    let is_of_years = |column: &usize| {
        let years = filled(*column).filter(|cell| {
            let year =
                Value::of(cell).number.filter(|year| year.fract() == 0.0 && (1800.0..2200.0).contains(year));
            year.is_some() && cell.trim().len() == 4 || date_of(cell).is_some_and(|date| date.year.is_some())
        });
        years.count() * 10 >= view.rows().len() * 8
    };
    let candidates: Vec<usize> = match one.year {
        true => (0..view.grid.names.len()).filter(is_of_years).collect(),
        false => view.grid.measures.clone(),
    };
    let named = columns(view, &candidates, taken).into_iter().filter(|column| column.whole);
    only(named.collect()).map(|column| (column.at, column.words))
}

/// "Below their reorder level": the named column against the one of what there is.
fn against(view: &View<'_, '_>, held: &mut Held) {
    const NEAR: usize = 4;
    let asked = &view.desk.asked.all;
    let says = |at: usize, phrases: &[&str]| {
        phrases.iter().any(|phrase| {
            phrase
                .split(' ')
                .enumerate()
                .all(|(step, own)| asked.get(at + step).is_some_and(|word| word.text == own))
        })
    };
    let Some(at) = view.places().find(|at| says(*at, BELOW) || says(*at, ABOVE)) else { return };
    let named = columns(view, &view.grid.measures, &held.words).into_iter().filter(|column| {
        column.whole && column.words.iter().all(|place| (at + 1..=at + NEAR).contains(place))
    });
    let Some(limit) = only(named.collect()) else { return };
    let is_present = |column: &&usize| {
        **column != limit.at
            && view.grid.heads[**column].len() <= 2
            && view.grid.heads[**column].iter().any(|own| PRESENT.contains(&own.text.as_str()))
            && !view.grid.is_money(**column)
    };
    let present: Vec<&usize> = view.grid.measures.iter().filter(is_present).collect();
    let [present] = present[..] else { return };
    let below = says(at, BELOW);
    let holds = |row: &usize| {
        let amount = |column: usize| view.grid.amount(*row, column).map(|amount| amount.value);
        let (there, limit) = (amount(*present)?, amount(limit.at)?);
        Some(if below { there < limit } else { there > limit })
    };
    let rows: Vec<usize> = held.rows.iter().copied().filter(|row| holds(row) == Some(true)).collect();
    let sign = if below { "<" } else { ">" };
    let said = format!("{} {sign} {}", plain(view.grid.head(*present)), plain(view.grid.head(limit.at)));
    held.keep(rows, limit.words.into_iter().chain([at]), limit.at, said);
    held.columns.push(*present);
}
