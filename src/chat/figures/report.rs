//! The figures of a document, each with what its row, its column and its table are called.

use super::amount::{Notation, is_amount, unit_of, without_unit};
use super::asked::TOTALS;
use super::measured::Said;
use super::period::{Period, years_in};
use crate::tables::words::tokens;

/// Tables of years that make a document a report.
const TABLES_OF_YEARS: usize = 2;

/// Lines above a table that may say what it shows, and words of such a line.
const LINES: usize = 4;
const WORDS: usize = 12;

/// Lines at the top of a document that say whose it is.
const TOP: usize = 2;

/// Characters before a table in which they stand.
const BEFORE: usize = 600;

/// A table as it stands in a document.
pub(crate) struct Sheet {
    pub(crate) caption: Option<String>,
    /// Empty where the table has no header.
    pub(crate) names: Vec<String>,
    /// Cells, and where the row begins in the document's text.
    pub(crate) rows: Vec<(Vec<String>, i64)>,
    pub(crate) page: i64,
}

/// An amount of a table.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// The place of its table and of its row.
    pub(crate) table: usize,
    pub(crate) line: usize,
    pub(crate) row: String,
    /// Empty where the column is called by a year.
    pub(crate) column: String,
    pub(crate) period: Period,
    /// The year is that of the table or of the whole document.
    pub(crate) implied: bool,
    pub(crate) value: String,
    pub(crate) unit: Option<String>,
    pub(crate) start: i64,
}

/// What a table is called, and what is said of its rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// The lines above it, the first one first.
    pub(crate) titles: Vec<String>,
    pub(crate) section: Said,
    pub(crate) rows: Vec<Line>,
    pub(crate) notation: Option<Notation>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) said: Said,
    /// Of the line above it that has no amounts.
    pub(crate) group: Said,
    /// It is called by nothing but that it sums up the others.
    pub(crate) is_total: bool,
}

/// A document with tables of years.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) file: String,
    /// What the file and its first lines say.
    pub(crate) called: Said,
    /// The year that it is for.
    pub(crate) year: Option<i32>,
    pub(crate) tables: Vec<About>,
    pub(crate) figures: Vec<Figure>,
}

/// What the columns of a table are called, with the lines above it.
struct Head {
    names: Vec<String>,
    titles: Vec<String>,
    page: i64,
}

impl Report {
    /// `None` where a document has too few tables of years. `start` is where `text` stands in its document.
    pub(crate) fn of(file: &str, text: &str, start: i64, sheets: &[Sheet]) -> Option<Self> {
        let top: Vec<&str> = text.lines().map(str::trim).filter(|line| is_title(line)).take(TOP).collect();
        let name = spaced(file.rsplit_once('.').map_or(file, |(name, _)| name));
        let year = years_in(&name).last().copied().or_else(|| years_in(&top.join(" ")).last().copied());
        let mut report = Self {
            file: file.to_owned(),
            called: Said::by(&format!("{name} {}", top.join(" "))),
            year,
            ..Self::default()
        };
        let chars: Vec<char> = text.chars().collect();
        let mut head: Option<Head> = None;
        let mut of_years = 0;
        for sheet in sheets {
            let first = sheet.rows.first().map_or(start, |(_, start)| *start);
            let titles = titles(&chars, usize::try_from(first - start).unwrap_or_default(), sheet);
            let goes_on = sheet.names.iter().all(|name| name.trim().is_empty());
            let known = head.take().filter(|head| {
                goes_on
                    && head.page == sheet.page
                    && sheet.rows.iter().all(|(cells, _)| cells.len() == head.names.len())
            });
            let used = known.unwrap_or_else(|| Head { names: sheet.names.clone(), titles, page: sheet.page });
            of_years += usize::from(report.add(sheet, &used));
            head = Some(used);
        }
        (of_years >= TABLES_OF_YEARS).then_some(report)
    }

    /// The figures of a table; whether it is one of years.
    fn add(&mut self, sheet: &Sheet, head: &Head) -> bool {
        let table = self.tables.len();
        let units: Vec<String> = head.titles.iter().filter_map(|line| unit_of(line)).collect();
        let in_head = head.names.iter().find_map(|name| unit_of(name));
        let unit = units.last().cloned().or(in_head);
        let titles: Vec<String> =
            head.titles.iter().filter(|line| unit_of(line).is_none()).cloned().collect();
        let year = titles.iter().rev().find_map(|line| years_in(line).last().copied());
        let cells = sheet.rows.iter().flat_map(|(cells, _)| cells.iter().skip(1));
        let notation = Notation::of(cells.map(String::as_str));
        let mut about = About {
            section: Said::by(&titles.join(" . ")),
            titles,
            rows: Vec::new(),
            notation: Some(notation),
        };
        let mut group = Said::default();
        let mut has_years = false;
        for (line, (cells, start)) in sheet.rows.iter().enumerate() {
            let label = cells.first().map_or("", String::as_str);
            let (name, own) = without_unit(label);
            let said = Said::by(name);
            if !cells.iter().skip(1).any(|cell| is_amount(cell)) {
                group = said.clone();
                about.rows.push(Line { said, ..Line::default() });
                continue;
            }
            let of_row = Period::of(name).filter(|period| period.year.is_some());
            for (at, value) in cells.iter().enumerate().skip(1).filter(|(_, cell)| is_amount(cell)) {
                let column = head.names.get(at).map_or("", String::as_str).trim();
                let of_column = Period::of(column);
                let named = of_column.or(of_row);
                has_years |= named.is_some_and(|period| period.year.is_some());
                let given = named.and_then(|period| period.year);
                let period = Period {
                    year: given.or(year).or(self.year),
                    quarter: named.and_then(|period| period.quarter),
                };
                self.figures.push(Figure {
                    table,
                    line,
                    row: name.to_owned(),
                    column: if of_column.is_some() { String::new() } else { column.to_owned() },
                    period,
                    implied: given.is_none(),
                    value: value.trim().to_owned(),
                    unit: own.map(str::to_owned).or_else(|| unit.clone()),
                    start: *start,
                });
            }
            let is_total = is_total(name);
            about.rows.push(Line { said, group: group.clone(), is_total });
        }
        self.tables.push(about);
        has_years
    }
}

/// "Total", "Summe": of what is said above the table.
fn is_total(label: &str) -> bool {
    let words: Vec<String> = tokens(label).into_iter().map(|word| word.text).collect();
    !words.is_empty() && words.iter().all(|word| TOTALS.contains(&word.as_str()) || word == "grand")
}

/// The short lines right above a table, without those of other tables and texts, and its caption.
fn titles(text: &[char], at: usize, sheet: &Sheet) -> Vec<String> {
    let at = at.min(text.len());
    let near: String = text[at.saturating_sub(BEFORE)..at].iter().collect();
    let whole = at <= BEFORE;
    let mut lines: Vec<&str> = near.lines().collect();
    if !whole && !lines.is_empty() {
        lines.remove(0);
    }
    // The header and the rule below it stand between the lines and the first row.
    let above = lines.into_iter().rev().map(str::trim);
    let mut above = above.skip_while(|line| line.is_empty() || line.starts_with('|')).peekable();
    // The names of a spreadsheet's columns.
    above.next_if(|line| line.contains(" | "));
    let mut titles: Vec<String> = Vec::new();
    for line in above.by_ref().filter(|line| !line.is_empty()) {
        if !is_title(line) || titles.len() >= LINES {
            break;
        }
        titles.push(line.trim_start_matches('#').trim().to_owned());
    }
    titles.reverse();
    if let Some(caption) = &sheet.caption
        && !titles.iter().any(|line| line == caption)
    {
        titles.push(caption.clone());
    }
    titles.dedup();
    titles
}

/// A short line that is no row and no sentence.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=WORDS).contains(&words) && !line.contains('|') && !(words > 2 && line.ends_with(['.', ';', ',']))
}

/// A file's name in words: `AlderKilns_Report_2019` has three and a year.
fn spaced(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut last = ' ';
    for c in name.chars() {
        if last.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit()) {
            out.push(' ');
        }
        out.push(if matches!(c, '_' | '-' | '.') { ' ' } else { c });
        last = c;
    }
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A report out of Markdown: tables with the lines above them.
    pub(in super::super) fn report(file: &str, text: &str) -> Report {
        let mut sheets = Vec::new();
        for table in crate::tables::tables_in(text, 0, "") {
            let rows = table.rows.into_iter().map(|row| (row.cells, row.start)).collect();
            sheets.push(Sheet { caption: None, names: table.names, rows, page: 1 });
        }
        Report::of(file, text, 0, &sheets).expect("tables of years")
    }

    pub(in super::super) const ALDER: &str = "Alder Kilns plc\nAnnual Report 2019\n\nIncome statement\n\nin GBP million\n\n\
        |  | 2019 | 2018 |\n|---|---|---|\n| Revenue | 120.5 | 110.0 |\n| Operating profit | 12.5 | (3.0) |\n\
        | Dividend (pence) | 4.2 | 4.0 |\n\nThe segment Glazes had a quiet year, as its customers waited for prices.\n\n\
        Glazes\n\nin GBP million\n\n|  | 2019 | 2018 |\n|---|---|---|\n| Revenue | 40.5 | 38.0 |\n| Operating profit | 5.5 | 6.0 |\n\n\
        Employees at 31 December by segment\n\n|  | 2019 | 2018 |\n|---|---|---|\n| Ovens | 1,300 | 1,250 |\n\
        | Glazes | 400 | 410 |\n| Group | 1,700 | 1,660 |\n\nAverage number of employees\n\n|  | 2019 | 2018 |\n|---|---|---|\n\
        | Average number of employees | 1,680 | 1,640 |\n| of whom apprentices | 60 | 55 |\n";

    #[test]
    fn figures_know_their_row_their_year_and_their_unit() {
        let report = report("AlderKilns_Report_2019.pdf", ALDER);
        let of = |row: &str, year: i32, table: usize| {
            let found = report
                .figures
                .iter()
                .find(|it| it.row == row && it.period.year == Some(year) && it.table == table);
            found.map(|it| (it.value.clone(), it.unit.clone().unwrap_or_default())).unwrap_or_default()
        };
        assert_eq!(of("Revenue", 2018, 0), ("110.0".to_owned(), "GBP million".to_owned()));
        assert_eq!(of("Dividend", 2019, 0), ("4.2".to_owned(), "pence".to_owned()));
        assert_eq!(of("Revenue", 2019, 1).0, "40.5");
        assert_eq!(of("Group", 2019, 2), ("1,700".to_owned(), String::new()));
        assert_eq!(report.tables[1].titles, ["Glazes"]);
        assert_eq!(report.year, Some(2019));
    }

    #[test]
    fn a_table_without_a_header_goes_on_with_the_one_above() {
        let head = vec![String::new(), "2019".to_owned(), "2018".to_owned()];
        let row = |label: &str| (vec![label.to_owned(), "7.0".to_owned(), "6.0".to_owned()], 0);
        let sheet =
            |names: Vec<String>, label: &str| Sheet { caption: None, names, rows: vec![row(label)], page: 4 };
        let sheets =
            [sheet(head.clone(), "Stocks"), sheet(vec![String::new(); 3], "Equity"), sheet(head, "Cash")];
        let report = Report::of("a.pdf", "", 0, &sheets).unwrap();
        assert!(report.figures.iter().any(|it| it.row == "Equity" && it.period.year == Some(2018)));
    }
}
