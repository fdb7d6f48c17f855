//! A table with what its cells mean: numbers, dates, words, and what its columns hold.

use std::collections::HashSet;

use super::Table;
use super::value::{self, Value};
use super::words::{Token, tokens};

/// Share of a column's filled cells, in tenths, that make it one of numbers or dates.
const MOSTLY: usize = 7;

/// Words in the name of a column of amounts.
const MEASURED: &[&str] = &[
    "eur", "euro", "euros", "usd", "gbp", "chf", "kg", "mm", "cm", "km", "kw", "kwh", "g", "t", "m", "l",
    "price", "cost", "amount", "value", "weight", "mass", "hours", "preis", "betrag", "kosten", "gewicht",
    "menge", "quantity",
];

pub(crate) struct Typed<'a> {
    pub(crate) table: &'a Table,
    pub(super) columns: Vec<Column>,
    /// By row and column.
    values: Vec<Vec<Value>>,
    /// Rows that sum up others, or say the names of the columns again.
    totals: Vec<bool>,
}

pub(super) struct Column {
    pub(super) name: Vec<Token>,
    pub(super) kind: ColumnKind,
    /// Hardly anything stands twice in it.
    pub(super) is_distinct: bool,
    /// Something stands twice in it.
    pub(super) repeats: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Number,
    /// Dates and years.
    Time,
    Words,
}

impl ColumnKind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Time => "time",
            Self::Words => "words",
        }
    }
}

impl<'a> Typed<'a> {
    pub(crate) fn of(table: &'a Table) -> Self {
        let values: Vec<Vec<Value>> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| Value::of(cell)).collect()).collect();
        let columns = (0..table.names.len()).map(|column| Column::of(table, &values, column)).collect();
        let totals = (0..table.rows.len())
            .map(|row| is_total(table, row) || is_named_total(table, &values, row))
            .collect();
        Self { table, columns, values, totals }
    }

    pub(super) fn value(&self, row: usize, column: usize) -> Option<&Value> {
        self.values.get(row).and_then(|row| row.get(column))
    }

    /// What a cell is compared by.
    pub(super) fn order(&self, row: usize, column: usize) -> Option<f64> {
        let value = self.value(row, column)?;
        if self.columns.get(column)?.kind == ColumnKind::Time {
            return value.time();
        }
        value.order()
    }

    pub(super) fn orders(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.kind != ColumnKind::Words)
    }

    pub(crate) fn is_total(&self, row: usize) -> bool {
        self.totals.get(row).copied().unwrap_or_default()
    }

    pub(super) fn rows(&self) -> usize {
        self.table.rows.len()
    }

    /// Whether the rows go on in time, or back; `None` where they are in no such order.
    pub(super) fn order_of_time(&self) -> Option<bool> {
        let column = self.columns.iter().position(|column| column.kind == ColumnKind::Time)?;
        let times: Vec<f64> = (0..self.rows()).filter_map(|row| self.order(row, column)).collect();
        let up = times.windows(2).all(|pair| pair[0] <= pair[1]);
        let down = times.windows(2).all(|pair| pair[0] >= pair[1]);
        (up != down).then_some(up)
    }
}

impl Column {
    fn of(table: &Table, values: &[Vec<Value>], column: usize) -> Self {
        let filled: Vec<usize> =
            (0..table.rows.len()).filter(|row| !value::is_empty(table.cell(*row, column))).collect();
        let share = |holds: &dyn Fn(&Value) -> bool| {
            let there = filled.iter().filter(|row| values[**row].get(column).is_some_and(holds)).count();
            !filled.is_empty() && there * 10 >= filled.len() * MOSTLY
        };
        // Prices between 1000 and 2200 are no years.
        let measured = tokens(&table.names[column]).iter().any(|word| MEASURED.contains(&word.text.as_str()));
        let kind = if share(&|value| value.time().is_some() && !(measured && value.number.is_some())) {
            ColumnKind::Time
        } else if share(&|value| value.number.is_some()) {
            ColumnKind::Number
        } else {
            ColumnKind::Words
        };
        let different: HashSet<&str> = filled.iter().map(|row| table.cell(*row, column)).collect();
        Self {
            name: tokens(&table.names[column]),
            kind,
            is_distinct: different.len() * 10 >= table.rows.len() * 7,
            repeats: different.len() < filled.len(),
        }
    }
}

/// The names of the columns once more.
fn is_header(table: &Table, row: usize) -> bool {
    let same = (0..table.names.len())
        .filter(|column| !value::is_empty(table.cell(row, *column)))
        .filter(|column| table.cell(row, *column) == table.names[*column]);
    same.count() >= 2
}

/// "Total of the north", and its numbers are beyond all others: one that is only called so is a row like the others.
fn is_named_total(table: &Table, values: &[Vec<Value>], row: usize) -> bool {
    let labels = (0..table.names.len()).map(|column| table.cell(row, column));
    let mut labels = labels.filter(|cell| !value::is_empty(cell)).take(2);
    let begins = ["total ", "total(", "totals ", "subtotal", "gesamt ", "summe "];
    if !labels.any(|cell| begins.iter().any(|begin| cell.to_lowercase().starts_with(begin))) {
        return false;
    }
    let number = |row: usize, column: usize| values.get(row)?.get(column)?.number;
    let (mut beyond, mut all) = (0, 0);
    for column in 0..table.names.len() {
        let Some(own) = number(row, column) else { continue };
        let others =
            (0..table.rows.len()).filter(|other| *other != row).filter_map(|other| number(other, column));
        let Some(most) = others.reduce(f64::max) else { continue };
        all += 1;
        beyond += usize::from(own > most);
    }
    beyond > 0 && beyond * 2 >= all
}

/// A row that sums up the others.
fn is_total(table: &Table, row: usize) -> bool {
    let mut label = (0..table.names.len())
        .map(|column| table.cell(row, column))
        .filter(|cell| !value::is_empty(cell))
        .take(2);
    label.any(|cell| {
        let lower = cell.trim_end_matches(':').to_lowercase();
        matches!(
            lower.as_str(),
            "total"
                | "totals"
                | "sum"
                | "grand total"
                | "overall"
                | "summe"
                | "gesamt"
                | "gesamtsumme"
                | "average"
                | "career"
                | "career total"
                | "all"
        )
    }) || is_header(table, row)
}

#[cfg(test)]
mod tests {
    use super::super::read::tables_in;
    use super::*;

    #[test]
    fn rows_that_sum_up_others_are_told_from_those_that_are_called_so() {
        let text = "| Region | People |\n|---|---|\n| North | 10 |\n| South | 20 |\n| Total for both | 30 |\n| Total Eclipse | 2 |";
        let table = tables_in(text, 0, "").remove(0);
        let typed = Typed::of(&table);
        let totals: Vec<bool> = (0..4).map(|row| typed.is_total(row)).collect();
        assert_eq!(totals, [false, false, true, false]);
    }
}
