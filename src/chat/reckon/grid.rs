//! Tables as lines that cross: rows with what they are called, columns with what they measure.

use super::amount::{Amount, writes_comma};
use super::words::{Fit, begins, fit, fits, fits_strictly, is_sum};
use crate::tables::Table;
use crate::tables::words::{Token, tokens};

/// Columns that say what the others are measured in.
const UNITS: &[&str] = &["unit", "units", "einheit", "unité", "unidad"];

/// A document as it is reckoned with.
#[derive(Debug)]
pub(crate) struct Paper {
    pub(crate) file: String,
    pub(crate) text: String,
    /// Where its text begins, in code points.
    pub(crate) start: i64,
    pub(crate) tables: Vec<Table>,
}

/// A table, or one of several that stand side by side in one.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) paper: usize,
    pub(crate) title: String,
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Line>,
    /// What each column is called, without what it is measured in.
    pub(crate) heads: Vec<Vec<Token>>,
    units: Vec<String>,
    /// Columns that hold amounts.
    pub(crate) measures: Vec<usize>,
    /// What the table, its sheet and its file are called.
    pub(crate) about: Vec<Token>,
    /// The lines above it.
    pub(crate) around: String,
    /// Its document writes a comma before decimals.
    comma: bool,
}

#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) cells: Vec<String>,
    pub(crate) start: i64,
    /// The words of its cells that hold no amounts.
    pub(crate) label: Vec<Token>,
    /// What it is called: the first of them, up to a comma or bracket.
    pub(crate) name: String,
    pub(crate) core: Vec<Token>,
    /// The words of each of its cells that holds no amount, whole and up to a comma or bracket.
    pub(crate) parts: Vec<(Vec<Token>, Vec<Token>)>,
    unit: Option<usize>,
}

/// A cell of one of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) grid: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// All tables of all documents.
pub(crate) fn grids(papers: &[Paper]) -> Vec<Grid> {
    let of = |(at, paper): (usize, &Paper)| {
        let comma = writes_comma(&paper.text);
        let tables = paper.tables.iter().flat_map(|table| panels(table, comma));
        tables.map(|table| Grid::of(at, paper, &table, comma)).collect::<Vec<_>>()
    };
    papers.iter().enumerate().flat_map(of).collect()
}

/// A table that has names and amounts twice, side by side, is two of them.
fn panels(table: &Table, comma: bool) -> Vec<Table> {
    let width = table.names.len();
    let holds = |column: usize| {
        let filled = table.rows.iter().filter(|row| row.cells.get(column).is_some_and(|cell| !is_bare(cell)));
        let (all, amounts) = filled.fold((0, 0), |(all, amounts), row| {
            (all + 1, amounts + usize::from(Amount::of_cell(&row.cells[column], comma).is_some()))
        });
        all > 0 && amounts * 10 >= all * 7
    };
    let kinds: Vec<bool> = (0..width).map(holds).collect();
    let twice = width == 4 && kinds == [false, true, false, true] && table.names[1] == table.names[3];
    if !twice {
        return vec![table.clone()];
    }
    let half = |from: usize| {
        let mut part = table.clone();
        part.names = table.names[from..from + 2].to_vec();
        part.title = format!("{} {}", table.title, table.names[from]);
        for row in &mut part.rows {
            row.cells = row.cells[from..from + 2].to_vec();
        }
        part
    };
    vec![half(0), half(2)]
}

impl Grid {
    fn of(paper: usize, of: &Paper, table: &Table, comma: bool) -> Self {
        let names = without_swallowed_row(table, comma);
        let named: Vec<(String, String)> = names.iter().map(|name| split_unit(name)).collect();
        let width = table.names.len();
        let is_amount = |cell: &str| Amount::of_cell(cell, comma).is_some();
        let filled = |column: usize| {
            table
                .rows
                .iter()
                .map(move |row| row.cells.get(column).map_or("", String::as_str))
                .filter(|it| !is_bare(it))
        };
        let measures: Vec<usize> = (0..width)
            .filter(|column| {
                let (all, amounts) =
                    (filled(*column).count(), filled(*column).filter(|it| is_amount(it)).count());
                amounts > 0 && amounts * 2 >= all && (*column > 0 || width == 1)
            })
            .collect();
        let unit = (1..width).find(|column| {
            let name = names[*column].to_lowercase();
            UNITS.contains(&name.as_str()) || holds_units(&filled(*column).collect::<Vec<_>>())
        });
        let labels: Vec<usize> =
            (0..width).filter(|column| !measures.contains(column) && Some(*column) != unit).collect();
        let rows = table.rows.iter().map(|row| Line::of(row, &labels, unit)).collect();
        let around = above(of, table.rows.first().map_or(of.start, |row| row.start));
        let file =
            of.file.rsplit_once('.').map_or(of.file.as_str(), |(name, _)| name).replace(['_', '-'], " ");
        let about = tokens(&format!("{} {file} {around}", table.title));
        Self {
            paper,
            title: table.title.clone(),
            names,
            rows,
            heads: named.iter().map(|(name, _)| tokens(name)).collect(),
            units: named.into_iter().map(|(_, unit)| unit).collect(),
            measures,
            about,
            around,
            comma,
        }
    }

    /// What a row is counted in, where a column says so: "metre".
    pub(crate) fn unit_of(&self, row: usize) -> &str {
        let line = self.rows.get(row);
        line.and_then(|line| line.cells.get(line.unit?)).map_or("", String::as_str)
    }

    pub(crate) fn amount(&self, row: usize, column: usize) -> Option<Amount> {
        let line = self.rows.get(row)?;
        let amount = Amount::of_cell(line.cells.get(column)?, self.comma)?;
        // A price is for a metre, and not measured in it.
        let beside = if holds_units(&[self.unit_of(row); 2]) { self.unit_of(row) } else { "" };
        Some(amount.measured_in(&self.units[column]).measured_in(beside))
    }

    /// Whether a row sums up the others.
    pub(crate) fn is_total(&self, row: usize) -> bool {
        self.rows
            .get(row)
            .is_some_and(|line| line.label.iter().any(|word| is_sum(&word.text)) && line.label.len() <= 3)
    }

    /// Whether a column holds money.
    pub(crate) fn is_money(&self, column: usize) -> bool {
        let mut amounts = (0..self.rows.len()).filter_map(|row| self.amount(row, column)).peekable();
        amounts.peek().is_some() && amounts.all(|amount| amount.is_money())
    }

    /// Whether most of a column's amounts are of money.
    pub(crate) fn is_money_mostly(&self, column: usize) -> bool {
        let amounts: Vec<Amount> = (0..self.rows.len()).filter_map(|row| self.amount(row, column)).collect();
        let money = amounts.iter().filter(|amount| amount.is_money()).count();
        money > 0 && money * 10 >= amounts.len() * 9
    }

    /// What a column is called, for people.
    pub(crate) fn head(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    pub(crate) fn is_about(&self, word: &Token) -> bool {
        self.about.iter().any(|own| fits(own, word))
    }
}

impl Line {
    fn of(row: &crate::tables::Row, labels: &[usize], unit: Option<usize>) -> Self {
        let texts: Vec<&str> = labels.iter().map(|column| row.cells[*column].as_str()).collect();
        let first = texts.iter().find(|text| !is_bare(text)).copied().unwrap_or_default();
        let name = core_of(first);
        Self {
            cells: row.cells.clone(),
            start: row.start,
            label: tokens(&texts.join(" ")),
            core: tokens(&name),
            parts: texts.iter().map(|text| (tokens(text), tokens(&core_of(text)))).collect(),
            name,
            unit,
        }
    }

    /// Whether the question says all of what one of its cells is called.
    pub(crate) fn has_part_named_by(&self, asked: &[Token]) -> bool {
        let says = |own: &Token| asked.iter().any(|word| fits_strictly(own, word) || begins(own, word));
        self.parts.iter().any(|(_, core)| !core.is_empty() && core.iter().all(says))
    }

    /// How well its cells fit what is asked; what stands in a cell that has none of it counts for nothing.
    pub(crate) fn fit(&self, asked: &[Token]) -> Fit {
        let mut all = Fit::default();
        for (part, _) in &self.parts {
            let own = fit(part, asked);
            if !own.words.is_empty() {
                all.unasked += own.unasked;
                all.words.extend(own.words);
            }
        }
        all.words.sort_unstable();
        all.words.dedup();
        all
    }

    /// Whether the question says all of what the row is called.
    pub(crate) fn is_named_by(&self, asked: &[Token]) -> bool {
        !self.core.is_empty()
            && self
                .core
                .iter()
                .all(|own| asked.iter().any(|word| fits_strictly(own, word) || begins(own, word)))
    }
}

/// What a cell says before a comma or a bracket.
pub(crate) fn core_of(cell: &str) -> String {
    let bare = cell.split(['(', ',', ';']).next().unwrap_or(cell).trim();
    let bare = bare.split(" – ").next().unwrap_or(bare).trim();
    if bare.is_empty() { cell.trim().to_owned() } else { bare.to_owned() }
}

pub(crate) fn is_bare(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "–" | "—" | "n/a" | "k. A.")
}

/// "Annual charge (£)" is a charge that is measured in pounds; so is "Presupuesto EUR".
fn split_unit(name: &str) -> (String, String) {
    const LAST: &[&str] = &["eur", "£", "€", "$", "gbp", "usd", "chf", "m2", "m²", "kg", "kwh", "mwh"];
    let inner = name.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    if let Some((bare, unit)) = inner
        && unit.split_whitespace().count() <= 2
    {
        return (bare.trim().to_owned(), unit.trim().to_owned());
    }
    match name.rsplit_once(' ') {
        Some((bare, unit)) if LAST.contains(&unit.to_lowercase().as_str()) => {
            (bare.to_owned(), unit.to_owned())
        }
        _ if LAST.contains(&name.trim().to_lowercase().as_str()) => (String::new(), name.trim().to_owned()),
        _ => (name.to_owned(), String::new()),
    }
}

/// The names of the columns without the amounts of a first row that was read as one of them: "HP9 9.1".
fn without_swallowed_row(table: &Table, comma: bool) -> Vec<String> {
    let parts: Vec<Option<(&str, &str)>> = table.names.iter().map(|name| name.rsplit_once(' ')).collect();
    let swallowed = |part: &Option<(&str, &str)>| {
        part.is_some_and(|(_, last)| last.contains(['.', ',']) && Amount::of_cell(last, comma).is_some())
    };
    let ends: Vec<bool> = parts.iter().map(swallowed).collect();
    let first = ends.iter().position(|it| *it).unwrap_or(ends.len());
    if ends.len() - first < 2 || first == 0 || !ends[first..].iter().all(|it| *it) {
        return table.names.clone();
    }
    let bare = |(at, name): (usize, &String)| match parts[at] {
        Some((bare, _)) if at >= first => bare.to_owned(),
        _ => name.clone(),
    };
    table.names.iter().enumerate().map(bare).collect()
}

/// Whether cells say what is measured, and nothing else.
fn holds_units(cells: &[&str]) -> bool {
    const KNOWN: &[&str] = &[
        "kw", "kwh", "mm", "cm", "m", "km", "kg", "g", "t", "°c", "a", "v", "w", "db", "db(a)", "l/h", "l",
        "m/s", "%", "hz", "bar", "s", "min", "h", "m²", "m³", "nm", "rpm", "pa", "kpa", "ml", "l/min",
        "m³/h", "eur", "€", "£", "mg/l",
    ];
    let known = cells.iter().filter(|cell| KNOWN.contains(&cell.to_lowercase().as_str())).count();
    known >= 2 && known * 2 >= cells.len() && cells.iter().all(|cell| cell.chars().count() <= 8)
}

/// The last lines above a table that are no rows.
fn above(paper: &Paper, start: i64) -> String {
    const LINES: usize = 4;
    const LETTERS: usize = 400;
    let before = usize::try_from(start - paper.start).unwrap_or_default();
    let near: String =
        paper.text.chars().skip(before.saturating_sub(LETTERS)).take(before.min(LETTERS)).collect();
    let lines = near.lines().rev().filter(|line| !line.contains('|') && !line.trim().is_empty());
    lines.take(LINES).collect::<Vec<_>>().join(" ")
}
