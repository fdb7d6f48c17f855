//! Computes what a question asks of a table.

use std::collections::BTreeSet;

use super::Table;
use super::ask::{Condition, Plan, Sign, What, filled};
use super::value;

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// As it is to be shown; several where several rows are as good.
    pub(crate) answers: Vec<String>,
    /// What was computed, in words.
    pub(crate) formula: String,
    /// The rows that it stands on.
    pub(crate) rows: Vec<usize>,
}

/// More answers than that are a list that was not asked for.
const MOST_ANSWERS: usize = 6;

/// The rows that satisfy every condition.
pub(crate) fn matching(table: &Table, conditions: &[Condition]) -> Vec<usize> {
    (0..table.rows.len())
        .filter(|row| !is_total(table, *row))
        .filter(|row| conditions.iter().all(|condition| holds(table, *row, condition)))
        .collect()
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
        )
    })
}

fn holds(table: &Table, row: usize, condition: &Condition) -> bool {
    match condition {
        Condition::Among { rows, .. } => rows.binary_search(&row).is_ok(),
        Condition::Compare { column, sign, value } => {
            let cell = table.value(row, *column);
            // A year is compared with the year of a date.
            let own = match (cell.number, cell.date) {
                (Some(number), _) => number,
                #[expect(clippy::cast_precision_loss, reason = "a year has four digits")]
                (None, Some(date)) if date >= 10_000 => (date / 10_000) as f64,
                _ => return false,
            };
            match sign {
                Sign::Less => own < *value,
                Sign::AtMost => own <= *value,
                Sign::Equal => (own - value).abs() < 1e-9,
                Sign::AtLeast => own >= *value,
                Sign::More => own > *value,
            }
        }
    }
}

/// `None` where nothing sensible comes out.
pub(crate) fn run(table: &Table, plan: &Plan) -> Option<Outcome> {
    let rows = matching(table, &plan.conditions);
    let name = |column: usize| table.names.get(column).cloned().unwrap_or_default();
    let cell = |row: usize, column: usize| table.cell(row, column).to_owned();
    let mut outcome = match &plan.what {
        What::Count => {
            Outcome { answers: vec![rows.len().to_string()], formula: "number of rows".to_owned(), rows }
        }
        What::CountDistinct(column) => {
            let distinct: BTreeSet<String> =
                rows.iter().map(|row| cell(*row, *column)).filter(|cell| !value::is_empty(cell)).collect();
            let formula = format!("number of different values of “{}”", name(*column));
            Outcome { answers: vec![distinct.len().to_string()], formula, rows }
        }
        What::Sum(column) | What::Average(column) => {
            let numbers = filled(table, &rows, *column);
            if numbers.is_empty() {
                return None;
            }
            let sum: f64 = numbers.iter().map(|(_, number)| number).sum();
            let count = f64::from(u32::try_from(numbers.len()).ok()?);
            let average = matches!(plan.what, What::Average(_));
            let (value, what) = if average { (sum / count, "average") } else { (sum, "sum") };
            let rows = numbers.iter().map(|(row, _)| *row).collect();
            Outcome {
                answers: vec![value::written(value)],
                formula: format!("{what} of “{}”", name(*column)),
                rows,
            }
        }
        What::Extreme { of, most } => {
            let (rows, _) = extremes(table, &rows, *of, *most)?;
            let which = if *most { "highest" } else { "lowest" };
            let answers = vec![cell(*rows.first()?, *of)];
            Outcome { answers, formula: format!("{which} “{}”", name(*of)), rows }
        }
        What::Best { show, by, most } => {
            let (rows, _) = extremes(table, &rows, *by, *most)?;
            let which = if *most { "highest" } else { "lowest" };
            let answers = rows.iter().map(|row| cell(*row, *show)).collect();
            Outcome {
                answers, formula: format!("“{}” with the {which} “{}”", name(*show), name(*by)), rows
            }
        }
        What::Lookup(column) => {
            let answers = rows.iter().map(|row| cell(*row, *column)).collect();
            Outcome { answers, formula: format!("“{}”", name(*column)), rows }
        }
        What::Edge { show, last } => {
            let row = if *last { *rows.last()? } else { *rows.first()? };
            let which = if *last { "last" } else { "first" };
            let formula = format!("“{}” of the {which} row", name(*show));
            Outcome { answers: vec![cell(row, *show)], formula, rows: vec![row] }
        }
        What::Beside { show, step } => {
            let [row] = rows[..] else { return None };
            let beside = usize::try_from(i64::try_from(row).ok()? + step)
                .ok()
                .filter(|row| *row < table.rows.len())?;
            let which = if *step > 0 { "after" } else { "before" };
            let formula = format!("“{}” of the row {which} it", name(*show));
            Outcome { answers: vec![cell(beside, *show)], formula, rows: vec![row, beside] }
        }
        What::Better { show, by, rows: pair, most } => {
            let (rows, _) = extremes(table, pair, *by, *most)?;
            let [row] = rows[..] else { return None };
            let which = if *most { "higher" } else { "lower" };
            let formula = format!("which has the {which} “{}”", name(*by));
            Outcome { answers: vec![cell(row, *show)], formula, rows: pair.to_vec() }
        }
        What::Difference { of, rows: pair } => {
            let numbers = filled(table, pair, *of);
            let [(_, one), (_, other)] = numbers[..] else { return None };
            let formula = format!("difference of “{}”", name(*of));
            Outcome { answers: vec![value::written((one - other).abs())], formula, rows: pair.to_vec() }
        }
        What::Same { show, by, row } => {
            let wanted = cell(*row, *by);
            let rows: Vec<usize> =
                (0..table.rows.len()).filter(|other| other != row && cell(*other, *by) == wanted).collect();
            let answers = rows.iter().map(|row| cell(*row, *show)).collect();
            let formula = format!("rows with the same “{}”, {wanted}", name(*by));
            Outcome { answers, formula, rows }
        }
    };
    let mut seen = BTreeSet::new();
    outcome.answers.retain(|answer| !value::is_empty(answer) && seen.insert(answer.clone()));
    if outcome.answers.is_empty() || outcome.answers.len() > MOST_ANSWERS {
        return None;
    }
    let conditions: Vec<String> = plan.conditions.iter().map(|condition| told(table, condition)).collect();
    if !conditions.is_empty() {
        outcome.formula = format!("{} where {}", outcome.formula, conditions.join(" and "));
    }
    Some(outcome)
}

/// The rows in which the column is highest or lowest.
fn extremes(table: &Table, rows: &[usize], column: usize, most: bool) -> Option<(Vec<usize>, f64)> {
    let numbers = filled(table, rows, column);
    let best =
        numbers.iter().map(|(_, number)| *number).reduce(|a, b| if (a > b) == most { a } else { b })?;
    let rows =
        numbers.into_iter().filter(|(_, number)| (number - best).abs() < 1e-9).map(|(row, _)| row).collect();
    Some((rows, best))
}

fn told(table: &Table, condition: &Condition) -> String {
    match condition {
        Condition::Among { column, rows } => {
            let cells: BTreeSet<&str> = rows.iter().map(|row| table.cell(*row, *column)).collect();
            let shown: Vec<String> = cells.iter().take(3).map(|cell| format!("“{cell}”")).collect();
            let more = if cells.len() > 3 { " …" } else { "" };
            format!("“{}” is {}{more}", table.names[*column], shown.join(" or "))
        }
        Condition::Compare { column, sign, value } => {
            let sign = match sign {
                Sign::Less => "<",
                Sign::AtMost => "≤",
                Sign::Equal => "=",
                Sign::AtLeast => "≥",
                Sign::More => ">",
            };
            format!("“{}” {sign} {}", table.names[*column], value::written(*value))
        }
    }
}
