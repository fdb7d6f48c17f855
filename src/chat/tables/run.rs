//! Computes what a question asks of a table.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Condition, Plan, Sign, Unit, What};
use super::typed::{ColumnKind, Typed};
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

/// Times from here on have a year: year, month and day in eight digits.
const DATE: f64 = 1e7;

/// The rows that satisfy every condition.
pub(crate) fn matching(table: &Typed<'_>, conditions: &[Condition]) -> Vec<usize> {
    (0..table.rows())
        .filter(|row| !table.is_total(*row))
        .filter(|row| conditions.iter().all(|condition| holds(table, *row, condition)))
        .collect()
}

fn holds(table: &Typed<'_>, row: usize, condition: &Condition) -> bool {
    match condition {
        Condition::Top { count, last: false } => row < *count,
        Condition::Top { count, last: true } => row + count >= table.rows(),
        Condition::Among { rows, .. } => rows.binary_search(&row).is_ok(),
        Condition::Except { rows, .. } => rows.binary_search(&row).is_err(),
        Condition::Compare { column, sign, value } => {
            let Some(cell) = table.value(row, *column) else { return false };
            let own = match cell.number {
                // Whole dates are compared with dates, else their years with a year.
                _ if table.columns[*column].kind == ColumnKind::Time => {
                    cell.time().map(|time| if *value >= DATE { time } else { (time / 10_000.0).floor() })
                }
                number => number,
            };
            own.is_some_and(|own| sign.holds(own, *value))
        }
        Condition::Against { column, sign, other } => {
            let cells = table.order(row, *column).zip(table.order(row, *other));
            cells.is_some_and(|(own, other)| sign.holds(own, other))
        }
    }
}

impl Sign {
    const fn shown(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Equal => "=",
            Self::AtLeast => "≥",
            Self::More => ">",
        }
    }

    fn holds(self, own: f64, value: f64) -> bool {
        match self {
            Self::Less => own < value,
            Self::AtMost => own <= value,
            Self::Equal => (own - value).abs() < 1e-9,
            Self::AtLeast => own >= value,
            Self::More => own > value,
        }
    }
}

/// `None` where nothing sensible comes out.
pub(crate) fn run(table: &Typed<'_>, plan: &Plan) -> Option<Outcome> {
    let rows = matching(table, &plan.conditions);
    let (answers, rows) = compute(table, &rows, &plan.what)?;
    Some(Outcome { answers, formula: formula(table, plan), rows })
}

/// The answers, and the rows that they stand on.
pub(super) fn compute(table: &Typed<'_>, rows: &[usize], what: &What) -> Option<(Vec<String>, Vec<usize>)> {
    let cell = |row: usize, column: usize| value::without_notes(table.table.cell(row, column));
    let cells = |rows: &[usize], column: usize| rows.iter().map(|row| cell(*row, column)).collect();
    let (answers, used): (Vec<String>, Vec<usize>) = match what {
        What::Count => (vec![rows.len().to_string()], rows.to_vec()),
        What::Codes(code) => {
            let columns = 0..table.columns.len();
            let has = |row: usize| {
                columns.clone().filter(|column| table.table.cell(row, *column).trim() == code).count()
            };
            (vec![rows.iter().map(|row| has(*row)).sum::<usize>().to_string()], rows.to_vec())
        }
        What::CountDistinct(column) => {
            let different: BTreeSet<String> =
                rows.iter().map(|row| cell(*row, *column)).filter(|cell| !value::is_empty(cell)).collect();
            (vec![different.len().to_string()], rows.to_vec())
        }
        What::Sum(column) | What::Average(column) => {
            let numbers = filled(table, rows, *column);
            let sum: f64 = numbers.iter().map(|(_, number)| number).sum();
            let count = f64::from(u32::try_from(numbers.len()).ok().filter(|count| *count > 0)?);
            let value = if matches!(what, What::Average(_)) { sum / count } else { sum };
            (vec![value::written(value)], places(&numbers))
        }
        What::Extreme { of, most } => {
            let best = extremes(table, rows, *of, *most)?;
            (vec![cell(*best.first()?, *of)], best)
        }
        What::Best { show, by, most } => {
            let best = extremes(table, rows, *by, *most)?;
            (cells(&best, *show), best)
        }
        What::Lookup(column) => (cells(rows, *column), rows.to_vec()),
        What::List(columns) => return listed(table, rows, columns),
        What::Edge { show, last } => {
            let row = if *last { *rows.last()? } else { *rows.first()? };
            (vec![cell(row, *show)], vec![row])
        }
        What::Nth { show, place } => {
            let row = *rows.get(place.checked_sub(1)?)?;
            (vec![cell(row, *show)], vec![row])
        }
        What::Ranked { show, by, most, place } => {
            let row = ranked(table, rows, *by, *most).get(place.checked_sub(1)?).copied()?;
            (vec![cell(row, *show)], vec![row])
        }
        What::Beside { show, step } => {
            let [row] = *rows else { return None };
            let beside = usize::try_from(i64::try_from(row).ok()? + step).ok()?;
            let beside = Some(beside).filter(|row| *row < table.rows() && !table.is_total(*row))?;
            (vec![cell(beside, *show)], vec![row, beside])
        }
        What::Side { after } => {
            let [row] = *rows else { return None };
            let side = if *after { row + 1..table.rows() } else { 0..row };
            let side: Vec<usize> = side.filter(|row| !table.is_total(*row)).collect();
            (vec![side.len().to_string()], side)
        }
        What::Same { show, by, row } => {
            let wanted = cell(*row, *by);
            let same: Vec<usize> =
                rows.iter().copied().filter(|other| other != row && cell(*other, *by) == wanted).collect();
            (cells(&same, *show), same)
        }
        What::Common { .. }
        | What::Difference { .. }
        | What::DifferenceOfCounts { .. }
        | What::Oftener { .. }
        | What::Span { .. }
        | What::Exists { .. }
        | What::Exceeds { .. }
        | What::Groups { .. }
        | What::BestSum { .. }
        | What::Together(_)
        | What::Apart(_)
        | What::Product { .. }
        | What::Run => told_of(table, rows, what)?,
    };
    let mut seen = BTreeSet::new();
    let answers: Vec<String> = answers
        .into_iter()
        .filter(|answer| !value::is_empty(answer) && seen.insert(answer.to_lowercase()))
        .collect();
    (!answers.is_empty() && answers.len() <= MOST_ANSWERS).then_some((answers, used))
}

/// What stands in the columns of each row, each of it once.
fn listed(table: &Typed<'_>, rows: &[usize], columns: &[usize]) -> Option<(Vec<String>, Vec<usize>)> {
    let mut seen = BTreeSet::new();
    let (mut items, mut used) = (Vec::new(), Vec::new());
    for &row in rows {
        let cells = columns.iter().map(|column| value::without_notes(table.table.cell(row, *column)));
        let item = cells.filter(|cell| !value::is_empty(cell)).collect::<Vec<_>>().join(" ");
        if !item.is_empty() && seen.insert(item.to_lowercase()) {
            items.push(item);
            used.push(row);
        }
    }
    (!items.is_empty()).then_some((items, used))
}

/// The rows by what stands in a column.
fn groups(table: &Typed<'_>, rows: &[usize], column: usize) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !value::is_empty(table.table.cell(**row, column))) {
        groups.entry(value::without_notes(table.table.cell(*row, column))).or_default().push(*row);
    }
    groups
}

impl Unit {
    fn on(self, value: f64) -> String {
        let number = value::written(value);
        match self {
            Self::None => number,
            Self::Years if number == "1" => "1 year".to_owned(),
            Self::Years => format!("{number} years"),
        }
    }
}

/// What is told of groups of rows, of two rows and of two columns, and whether there are any.
fn told_of(table: &Typed<'_>, rows: &[usize], what: &What) -> Option<(Vec<String>, Vec<usize>)> {
    Some(match what {
        What::Common { of, most } => {
            let often = groups(table, rows, *of);
            let counts = often.values().map(Vec::len);
            let best = if *most { counts.max()? } else { counts.min()? };
            let best: Vec<(String, Vec<usize>)> =
                often.into_iter().filter(|(_, rows)| rows.len() == best).collect();
            let used = best.iter().flat_map(|(_, rows)| rows).copied().collect();
            (best.into_iter().map(|(cell, _)| cell).collect(), used)
        }
        What::Difference { of, rows: pair, unit } => {
            let [one, other] = [table.order(pair[0], *of)?, table.order(pair[1], *of)?];
            let is_clock = pair.iter().all(|row| value::is_clock(table.table.cell(*row, *of)));
            let far = apart(one, other);
            (vec![if is_clock { value::clocked(far) } else { unit.on(far) }], pair.to_vec())
        }
        What::DifferenceOfCounts { groups: [one, other] } => {
            let used = one.iter().chain(other).copied().collect();
            (vec![one.len().abs_diff(other.len()).to_string()], used)
        }
        What::Oftener { column, groups: [one, other], most } => {
            if one.len() == other.len() {
                return None;
            }
            let best = if (one.len() > other.len()) == *most { one } else { other };
            (
                vec![value::without_notes(table.table.cell(*best.first()?, *column))],
                one.iter().chain(other).copied().collect(),
            )
        }
        What::Span { of, unit } => {
            let numbers = filled(table, rows, *of);
            let values = || numbers.iter().map(|(_, number)| *number);
            let (least, most) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
            (vec![unit.on(apart(least, most))], places(&numbers))
        }
        What::Exists { words } => {
            (vec![if rows.is_empty() { words.1 } else { words.0 }.to_owned()], rows.to_vec())
        }
        What::Exceeds { of, rows: pair, words } => {
            let [one, other] = [table.order(pair[0], *of)?, table.order(pair[1], *of)?];
            (vec![if one > other { words.0 } else { words.1 }.to_owned()], pair.to_vec())
        }
        What::Groups { of, sign, times, counted } => {
            let times = f64::from(u32::try_from(*times).ok()?);
            let fits = |rows: &Vec<usize>| {
                u32::try_from(rows.len()).is_ok_and(|count| sign.holds(f64::from(count), times))
            };
            let groups: Vec<(String, Vec<usize>)> =
                groups(table, rows, *of).into_iter().filter(|(_, rows)| fits(rows)).collect();
            let used = groups.iter().flat_map(|(_, rows)| rows).copied().collect();
            let values: Vec<String> = groups.into_iter().map(|(value, _)| value).collect();
            (if *counted { vec![values.len().to_string()] } else { values }, used)
        }
        What::BestSum { show, by, most } => {
            let sums = groups(table, rows, *show).into_iter().filter_map(|(value, rows)| {
                let numbers = filled(table, &rows, *by);
                let sum: f64 = numbers.iter().map(|(_, number)| number).sum();
                (!numbers.is_empty()).then_some((value, sum, rows))
            });
            let sums: Vec<(String, f64, Vec<usize>)> = sums.collect();
            let best =
                sums.iter().map(|(_, sum, _)| *sum).reduce(|a, b| if (a > b) == *most { a } else { b })?;
            let best: Vec<_> = sums.into_iter().filter(|(_, sum, _)| (sum - best).abs() < 1e-9).collect();
            let used = best.iter().flat_map(|(.., rows)| rows).copied().collect();
            (best.into_iter().map(|(value, ..)| value).collect(), used)
        }
        What::Together([one, other]) => {
            let numbers = [filled(table, rows, *one), filled(table, rows, *other)].concat();
            let sum = numbers.iter().map(|(_, number)| number).sum();
            let used: BTreeSet<usize> = places(&numbers).into_iter().collect();
            (vec![value::written(sum)], used.into_iter().collect())
        }
        What::Apart([one, other]) => {
            let [row] = *rows else { return None };
            let (one, other) = (table.order(row, *one)?, table.order(row, *other)?);
            (vec![value::written((one - other).abs())], vec![row])
        }
        What::Product { of, by, percent } => {
            let whole = if *percent { 100.0 } else { 1.0 };
            let products: Option<Vec<f64>> = rows
                .iter()
                .map(|row| Some(table.order(*row, *of)? * table.order(*row, *by)? / whole))
                .collect();
            (vec![value::written(products?.iter().sum())], rows.to_vec())
        }
        What::Run => {
            let longest = rows.chunk_by(|a, b| a + 1 == *b).max_by_key(|run| run.len())?;
            (vec![longest.len().to_string()], longest.to_vec())
        }
        _ => return None,
    })
}

/// The numbers of a column that are there.
fn filled(table: &Typed<'_>, rows: &[usize], column: usize) -> Vec<(usize, f64)> {
    rows.iter().filter_map(|row| Some((*row, table.order(*row, column)?))).collect()
}

fn places(numbers: &[(usize, f64)]) -> Vec<usize> {
    numbers.iter().map(|(row, _)| *row).collect()
}

/// Years apart where both are dates that have years.
fn apart(one: f64, other: f64) -> f64 {
    let year = |value: f64| if value >= DATE { (value / 1e4).floor() } else { value };
    (year(one) - year(other)).abs()
}

/// The rows in which the column is highest or lowest.
fn extremes(table: &Typed<'_>, rows: &[usize], column: usize, most: bool) -> Option<Vec<usize>> {
    let numbers = filled(table, rows, column);
    let best =
        numbers.iter().map(|(_, number)| *number).reduce(|a, b| if (a > b) == most { a } else { b })?;
    Some(numbers.into_iter().filter(|(_, number)| (number - best).abs() < 1e-9).map(|(row, _)| row).collect())
}

fn ranked(table: &Typed<'_>, rows: &[usize], column: usize, most: bool) -> Vec<usize> {
    let mut numbers = filled(table, rows, column);
    numbers.sort_by(|a, b| if most { b.1.total_cmp(&a.1) } else { a.1.total_cmp(&b.1) });
    places(&numbers)
}

fn formula(table: &Typed<'_>, plan: &Plan) -> String {
    let name = |column: &usize| format!("“{}”", table.table.names.get(*column).map_or("", String::as_str));
    let high = |most: &bool| if *most { "highest" } else { "lowest" };
    let side = |after: bool| if after { "after" } else { "before" };
    let formula = match &plan.what {
        What::Count => "number of rows".to_owned(),
        What::Codes(code) => format!("number of cells with “{code}”"),
        What::CountDistinct(column) => format!("number of different values of {}", name(column)),
        What::Sum(column) => format!("sum of {}", name(column)),
        What::Average(column) => format!("average of {}", name(column)),
        What::Extreme { of, most } => format!("{} {}", high(most), name(of)),
        What::Best { show, by, most } => format!("{} with the {} {}", name(show), high(most), name(by)),
        What::Lookup(column) => name(column),
        What::List(columns) => columns.iter().map(name).collect::<Vec<_>>().join(" "),
        What::Edge { show, last } => {
            format!("{} of the {} row", name(show), if *last { "last" } else { "first" })
        }
        What::Nth { show, place } => format!("{} of row {place}", name(show)),
        What::Ranked { show, by, most, place } => {
            format!("{} of number {place} by {} {}", name(show), high(most), name(by))
        }
        What::Beside { show, step } => format!("{} of the row {} it", name(show), side(*step > 0)),
        What::Side { after } => format!("number of rows {} it", side(*after)),
        What::Common { of, most } => {
            format!("{} that is there {} often", name(of), if *most { "most" } else { "least" })
        }
        What::Difference { of, .. } => format!("difference of {}", name(of)),
        What::DifferenceOfCounts { .. } => "difference of the numbers of rows".to_owned(),
        What::Oftener { column, most, .. } => {
            format!("{} with {} rows", name(column), if *most { "more" } else { "fewer" })
        }
        What::Span { of, .. } => format!("{} from lowest to highest", name(of)),
        What::Exists { .. } => "whether there is a row".to_owned(),
        What::Exceeds { of, rows: [one, other], .. } => {
            let row = |row: &usize| table.table.cell(*row, 0).to_owned();
            format!("whether {} is more for {} than for {}", name(of), row(one), row(other))
        }
        What::Groups { of, sign, times, counted } => {
            let what = if *counted { "number of values of" } else { "values of" };
            format!("{what} {} that stand in {} {times} rows", name(of), sign.shown())
        }
        What::BestSum { show, by, most } => {
            format!("{} with the {} sum of {}", name(show), high(most), name(by))
        }
        What::Together([one, other]) => format!("sum of {} and {}", name(one), name(other)),
        What::Apart([one, other]) => format!("difference of {} and {}", name(one), name(other)),
        What::Product { of, by, percent } => {
            format!("{} × {}{}", name(of), name(by), if *percent { " / 100" } else { "" })
        }
        What::Run => "longest run of rows that follow one another".to_owned(),
        What::Same { show, by, row } => {
            format!("{} with the same {}, {}", name(show), name(by), table.table.cell(*row, *by))
        }
    };
    let conditions: Vec<String> = plan.conditions.iter().map(|condition| told(table, condition)).collect();
    if conditions.is_empty() { formula } else { format!("{formula} where {}", conditions.join(" and ")) }
}

fn told(table: &Typed<'_>, condition: &Condition) -> String {
    let table = table.table;
    match condition {
        Condition::Among { column, rows } | Condition::Except { column, rows } => {
            let cells: BTreeSet<&str> = rows.iter().map(|row| table.cell(*row, *column)).collect();
            let shown: Vec<String> = cells.iter().take(3).map(|cell| format!("“{cell}”")).collect();
            let more = if cells.len() > 3 { " …" } else { "" };
            let is = if matches!(condition, Condition::Except { .. }) { "is not" } else { "is" };
            format!("“{}” {is} {}{more}", table.names[*column], shown.join(" or "))
        }
        Condition::Compare { column, sign, value } => {
            format!("“{}” {} {}", table.names[*column], sign.shown(), value::written(*value))
        }
        Condition::Against { column, sign, other } => {
            format!("“{}” {} “{}”", table.names[*column], sign.shown(), table.names[*other])
        }
        Condition::Top { count, last } => {
            format!("it is one of the {} {count} rows", if *last { "last" } else { "first" })
        }
    }
}
