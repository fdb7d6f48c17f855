//! Which column a question means where it does not name it, and what the columns hold.

use std::collections::HashSet;

use super::ask::{Condition, Question};
use super::grammar::is_year;
use super::link::Named;

impl Question<'_> {
    pub(super) fn orders(&self, column: usize) -> bool {
        self.table.is_numeric(column) || self.is_dated(column)
    }

    pub(super) fn is_dated(&self, column: usize) -> bool {
        let rows = self.table.rows.len();
        let years = (0..rows).filter(|row| {
            let value = self.table.value(*row, column);
            value.date.is_some() || value.number.is_some_and(is_year)
        });
        years.count() * 10 >= rows * 7
    }

    pub(super) fn is_years(&self, column: usize) -> bool {
        let name = self.table.names[column].to_lowercase();
        if name.contains("year") || name.contains("jahr") || name.contains("date") || name.contains("rank") {
            return true;
        }
        let rows = self.table.rows.len();
        let years = (0..rows).filter(|row| self.table.value(*row, column).number.is_some_and(is_year));
        years.count() * 10 >= rows * 7
    }

    /// A numeric column named after this place, or the only one that is named.
    pub(super) fn measure(&self, at: usize) -> Option<usize> {
        let numeric: Vec<&Named> =
            self.links.named.iter().filter(|named| self.orders(named.column)).collect();
        let after = numeric.iter().find(|named| named.at > at);
        after.or_else(|| numeric.first().filter(|_| numeric.len() == 1)).map(|named| named.column)
    }

    /// The column that says what a row is: the first of words in which hardly anything stands twice.
    pub(super) fn label(&self, except: usize) -> Option<usize> {
        let rows = self.table.rows.len();
        (0..self.table.names.len())
            .filter(|column| *column != except && !self.table.is_numeric(*column) && !self.is_dated(*column))
            .find(|column| {
                let distinct: HashSet<&str> = (0..rows).map(|row| self.table.cell(row, *column)).collect();
                distinct.len() * 10 >= rows * 7
            })
    }

    /// Whether the rows go on in time, or back; `None` where they are in no such order.
    pub(super) fn order_of_time(&self) -> Option<bool> {
        let rows = self.table.rows.len();
        (0..self.table.names.len()).find_map(|column| {
            let values: Vec<f64> = (0..rows)
                .filter_map(|row| {
                    let value = self.table.value(row, column);
                    #[expect(clippy::cast_precision_loss, reason = "a date has eight digits")]
                    let date = value.date.map(|date| date as f64);
                    date.or(value.number.filter(|number| is_year(*number)))
                })
                .collect();
            if values.len() * 10 < rows * 9 || values.len() < 2 {
                return None;
            }
            let up = values.windows(2).all(|pair| pair[0] <= pair[1]);
            let down = values.windows(2).all(|pair| pair[0] >= pair[1]);
            (up != down).then_some(up)
        })
    }

    /// The only column that holds what "when" asks for.
    pub(super) fn asked_kind(&self, conditions: &[Condition]) -> Option<usize> {
        let conditioned = |column: usize| {
            conditions
                .iter()
                .any(|it| matches!(it, Condition::Among { column: known, .. } if *known == column))
        };
        let columns = 0..self.table.names.len();
        let named = |words: &[&str], column: usize| {
            words.iter().any(|word| self.table.names[column].to_lowercase().contains(word))
        };
        let mut fits: Vec<usize> = if self.has(&["when", "wann"]).is_some() {
            columns.filter(|column| self.is_dated(*column)).collect()
        } else if self.has(&["where", "wo"]).is_some() {
            columns
                .filter(|column| {
                    named(
                        &["location", "venue", "place", "city", "country", "town", "ort", "stadt", "land"],
                        *column,
                    )
                })
                .collect()
        } else if self.has(&["who", "wer"]).is_some() {
            columns
                .filter(|column| {
                    named(
                        &[
                            "name",
                            "player",
                            "driver",
                            "winner",
                            "artist",
                            "person",
                            "rider",
                            "president",
                            "candidate",
                        ],
                        *column,
                    )
                })
                .collect()
        } else {
            return None;
        };
        fits.retain(|column| !conditioned(*column));
        if let [only] = fits[..] { Some(only) } else { None }
    }
}
