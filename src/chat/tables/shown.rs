//! How an answer is written: as the table writes its numbers, with the unit of the column.

use super::plan::{Plan, What};
use super::typed::{ColumnKind, Typed};
use super::uses::people_columns;
use super::value;

/// Decimals of an average, at least.
const OF_AVERAGE: usize = 2;

/// Units that stand in the names of columns behind what is counted in them.
const UNITS: &[&str] = &[
    "kEUR", "TEUR", "T€", "k€", "MEUR", "kUSD", "EUR", "USD", "GBP", "CHF", "€", "$", "£", "k£", "k$", "kg",
    "g", "t", "mm", "cm", "m", "km", "l", "h", "kW", "kWh", "%", "W", "V", "A", "bar", "MPa", "kPa", "MW",
    "kVA", "MVA", "dB", "dB(A)", "rpm", "Nm", "°C", "min", "s", "m²", "m³",
];

/// The answers as they are shown.
pub(crate) fn shown(table: &Typed<'_>, plan: &Plan, answers: &[String], rows: &[usize]) -> Vec<String> {
    match &plan.what {
        What::Sum(column) | What::Average(column) => {
            let writing = Writing::of(table, *column);
            let averaged = matches!(plan.what, What::Average(_));
            answers.iter().map(|answer| writing.written(answer, averaged)).collect()
        }
        What::Extreme { of, .. } | What::Lookup(of) => {
            answers.iter().map(|answer| with_unit(table, *of, answer)).collect()
        }
        What::List(columns) if columns.len() > 1 && !are_people(table, columns) => {
            side_by_side(table, plan, columns, answers, rows)
        }
        What::Apart([one, _]) | What::Product { of: one, .. } => {
            let writing = Writing::of(table, *one);
            answers.iter().map(|answer| writing.written_apart(answer)).collect()
        }
        What::Difference { of, rows: pair, unit: super::plan::Unit::None }
            if table.columns[*of].kind == ColumnKind::Number =>
        {
            let writing = Writing::of(table, *of);
            let cell = |row: &usize| {
                let key = condition_columns(plan).next().unwrap_or_default();
                format!(
                    "{}: {}",
                    table.table.cell(*row, key),
                    with_unit(table, *of, table.table.cell(*row, *of))
                )
            };
            let both = pair.iter().map(cell).collect::<Vec<_>>().join("; ");
            answers.iter().map(|answer| format!("{} ({both})", writing.written_apart(answer))).collect()
        }
        // First and last names belong together.
        What::Best { show, by, .. } => {
            let people = people_columns(table);
            let value = |row: &usize| with_unit(table, *by, table.table.cell(*row, *by));
            let named = |row: &usize| {
                let columns = if people.contains(show) { people.clone() } else { vec![*show] };
                let cells: Vec<String> = columns
                    .iter()
                    .map(|column| value::without_notes(table.table.cell(*row, *column)))
                    .collect();
                cells.join(" ")
            };
            if answers.len() != rows.len() && !people.contains(show) {
                return answers.to_vec();
            }
            rows.iter().map(|row| format!("{}: {}", named(row), value(row))).collect()
        }
        _ => answers.to_vec(),
    }
}

fn are_people(table: &Typed<'_>, columns: &[usize]) -> bool {
    let people = people_columns(table);
    columns.iter().all(|column| people.contains(column))
}

fn condition_columns(plan: &Plan) -> impl Iterator<Item = usize> + '_ {
    plan.conditions.iter().filter_map(|condition| match condition {
        super::plan::Condition::Among { column, .. } => Some(*column),
        _ => None,
    })
}

/// Several columns of each row: of one row with their names, of several behind what the row is called.
fn side_by_side(
    table: &Typed<'_>,
    plan: &Plan,
    columns: &[usize],
    answers: &[String],
    rows: &[usize],
) -> Vec<String> {
    if answers.len() != rows.len() {
        return answers.to_vec();
    }
    let cell = |row: usize, column: usize| {
        with_unit(table, column, &value::without_notes(table.table.cell(row, column)))
    };
    let key_is_known = condition_columns(plan).any(|column| column == columns[0]);
    // What is asked of a row that is told by what it is called.
    let names_it = |column: usize| !columns.contains(&column) && !table.columns[column].repeats;
    let asked_of_one = rows.len() == 1 && condition_columns(plan).any(names_it);
    let told = |row: &usize| {
        if asked_of_one {
            let named = columns
                .iter()
                .map(|column| format!("{}: {}", table.table.names[*column], cell(*row, *column)));
            return named.collect::<Vec<_>>().join("; ");
        }
        let rest: Vec<String> =
            columns[1..].iter().map(|column| cell(*row, *column)).filter(|cell| !cell.is_empty()).collect();
        let joint = if key_is_known { ": " } else { ", " };
        let key = cell(*row, columns[0]);
        if rest.is_empty() { key } else { format!("{key}{joint}{}", rest.join(", ")) }
    };
    rows.iter().map(told).collect()
}

/// The unit in a column's name: "Amount EUR", "Weight (kg)", "Mass in t".
fn unit(name: &str) -> Option<&str> {
    let bare = |word: &str| word.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']')).to_owned();
    let last = name.split([' ', '/']).rfind(|word| !word.is_empty())?;
    let first = name.split(' ').count() == 1;
    let found = UNITS.iter().find(|unit| **unit == bare(last))?;
    (!first).then_some(*found)
}

fn with_unit(table: &Typed<'_>, column: usize, cell: &str) -> String {
    let bare = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '\'' | ' '));
    let numbers = table.columns.get(column).is_some_and(|column| column.kind == ColumnKind::Number);
    match unit(&table.table.names[column]).filter(|_| bare && numbers && !cell.is_empty()) {
        Some(unit) => format!("{cell} {unit}"),
        None => cell.to_owned(),
    }
}

/// How a column writes its numbers.
#[derive(Debug, Clone, Default, PartialEq)]
struct Writing {
    before: String,
    behind: String,
    thousands: Option<char>,
    decimal: char,
    decimals: usize,
    /// Some numbers have fewer decimals.
    varies: bool,
    learnt: bool,
}

impl Writing {
    fn of(table: &Typed<'_>, column: usize) -> Self {
        let mut writing = Self { decimal: '.', ..Self::default() };
        for row in 0..table.rows() {
            let cell = value::without_notes(table.table.cell(row, column));
            if table.value(row, column).and_then(|value| value.number).is_none() {
                continue;
            }
            writing.learn(&cell);
        }
        if writing.before.is_empty() && writing.behind.is_empty() {
            writing.behind =
                unit(&table.table.names[column]).map(|unit| format!(" {unit}")).unwrap_or_default();
        }
        writing
    }

    fn learn(&mut self, cell: &str) {
        let is_inner = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}');
        let Some(start) = cell.find(|c: char| c.is_ascii_digit()) else { return };
        let end = cell[start..].find(|c| !is_inner(c)).map_or(cell.len(), |end| start + end);
        let (before, digits, behind) =
            (&cell[..start], cell[start..end].trim_end_matches(['.', ',']), &cell[end..]);
        if matches!(before.trim_end_matches(['-', '−']), "$" | "€" | "£" | "¥") {
            before.trim_end_matches(['-', '−']).clone_into(&mut self.before);
        }
        if UNITS.contains(&behind.trim()) {
            behind.clone_into(&mut self.behind);
        }
        let (was_learnt, before) = (self.learnt, self.decimals);
        self.learnt = true;
        let decimals = self.learn_digits(digits);
        self.varies |= was_learnt && decimals != before;
    }

    /// How many decimals it has.
    fn learn_digits(&mut self, digits: &str) -> usize {
        let marks: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
        let Some(&(last, mark)) = marks.last() else { return 0 };
        let tail = digits.len() - last - mark.len_utf8();
        let grouped = tail == 3 && (mark != '.' || marks.len() > 1) || marks.len() > 1 && marks[0].1 == mark;
        if grouped {
            self.thousands = Some(mark);
            self.decimal = if mark == '.' { ',' } else { '.' };
            return 0;
        }
        self.decimals = self.decimals.max(tail);
        self.decimal = mark;
        self.thousands = self.thousands.or(marks.first().filter(|_| marks.len() > 1).map(|(_, mark)| *mark));
        tail
    }

    /// A difference, with the decimals that it has, four at most.
    fn written_apart(&self, number: &str) -> String {
        let Ok(value) = number.parse::<f64>() else { return number.to_owned() };
        let has = |decimals: &i32| {
            let scaled = value * 10_f64.powi(*decimals);
            (scaled - scaled.round()).abs() < 1e-6
        };
        let needed = (0..4).find(has).map_or(4, |decimals| usize::try_from(decimals).unwrap_or_default());
        let usual = if self.varies { 0 } else { self.decimals.min(4) };
        let writing = Self { decimals: needed.max(usual), varies: false, ..self.clone() };
        writing.written(number, false)
    }

    fn written(&self, number: &str, averaged: bool) -> String {
        let Ok(value) = number.parse::<f64>() else { return number.to_owned() };
        let whole = value.fract().abs() < 1e-9;
        let decimals = match (averaged, whole) {
            (true, false) => self.decimals.max(OF_AVERAGE),
            (_, true) if self.varies => 0,
            _ => self.decimals,
        };
        let text = format!("{:.decimals$}", value.abs());
        let (digits, rest) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if let Some(mark) = self.thousands.filter(|_| at > 0 && (digits.len() - at).is_multiple_of(3)) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        let fraction = if rest.is_empty() { String::new() } else { format!("{}{rest}", self.decimal) };
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}{}{grouped}{fraction}{}", self.before, self.behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::tables_in;

    fn summed(name: &str, cells: &[&str], averaged: bool) -> String {
        let rows: String = cells.iter().map(|cell| format!("| x | {cell} |\n")).collect();
        let table = tables_in(&format!("| Item | {name} |\n|---|---|\n{rows}"), 0, "").remove(0);
        let typed = Typed::of(&table);
        let what = if averaged { What::Average(1) } else { What::Sum(1) };
        let plan = Plan { what, conditions: Vec::new() };
        let outcome = crate::tables::run::run(&typed, &plan).unwrap();
        shown(&typed, &plan, &outcome.answers, &outcome.rows).join(", ")
    }

    #[test]
    fn sums_are_written_as_the_table_writes_its_numbers() {
        assert_eq!(summed("Amount EUR", &["410.00", "4120.50"], false), "4530.50 EUR");
        assert_eq!(summed("Price", &["£1,200", "£850"], false), "£2,050");
        assert_eq!(summed("Betrag", &["1.200,50 €", "2.000,00 €"], false), "3.200,50 €");
        assert_eq!(summed("Weight (kg)", &["12", "31"], false), "43 kg");
        assert_eq!(summed("Weight (kg)", &["12", "31", "30"], true), "24.33 kg");
        assert_eq!(summed("Visitors", &["1,200", "30"], false), "1,230");
        assert_eq!(summed("Hours", &["37.5", "39"], false), "76.5");
        assert_eq!(summed("Hours", &["37.5", "39", "37.5"], false), "114");
        assert_eq!(summed("Price EUR", &["1200.00", "2000.00"], false), "3200.00 EUR");
    }
}
