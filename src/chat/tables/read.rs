//! Tables out of the text of a document: as spreadsheets and CSV files are written down, and in Markdown.

use super::{Row, Table};
use docent_store::ShownTable;

/// A table with fewer rows is a sentence in columns.
const FEWEST: usize = 2;

/// The tables of a text. `start` is where it stands in its document, in code points.
pub(crate) fn tables_in(text: &str, start: i64, title: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut open: Option<Open> = None;
    let mut title = title.to_owned();
    let mut at = start;
    for line in text.split('\n') {
        let length = i64::try_from(line.chars().count()).unwrap_or(0);
        let (begin, end) = (at, at + length);
        at = end + 1;
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        if let Some(heading) = trimmed.strip_prefix('#') {
            close(&mut open, &mut tables);
            heading.trim_start_matches('#').trim().clone_into(&mut title);
            continue;
        }
        let barred = trimmed.starts_with('|') || trimmed.contains(" | ");
        match &mut open {
            Some(table) if barred || table.takes(trimmed) => table.row(trimmed, begin, end),
            _ if barred => {
                close(&mut open, &mut tables);
                open = Some(Open::new(trimmed, title.clone()));
            }
            _ => close(&mut open, &mut tables),
        }
    }
    close(&mut open, &mut tables);
    tables
}

impl Table {
    /// A table that its page's reader saw as cells: a cell counts in every row and column that it spans.
    pub(crate) fn of_page(kept: &ShownTable, title: &str) -> Option<Self> {
        let table = &kept.table;
        let mut rows = Vec::new();
        let mut at = 0;
        for (cells, place) in table.grid().iter().zip(&kept.rows).skip(table.header_rows) {
            // What stands nowhere as one piece is cited with the row above it.
            let (start, end) = place.unwrap_or((at, at));
            at = start;
            rows.push(Row { cells: cells.iter().map(|cell| line(cell)).collect(), start, end });
        }
        let title = table.caption.clone().unwrap_or_else(|| title.to_owned());
        (rows.len() >= FEWEST).then_some(Self { title, names: table.column_names(), rows })
    }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn close(open: &mut Option<Open>, tables: &mut Vec<Table>) {
    tables.extend(open.take().map(|open| open.table).filter(|table| table.rows.len() >= FEWEST));
}

struct Open {
    table: Table,
    /// Markdown: cells by their place. Else rows carry the names of their columns.
    markdown: bool,
}

impl Open {
    fn new(header: &str, title: String) -> Self {
        let markdown = header.starts_with('|');
        let names = if markdown {
            markdown_cells(header)
        } else {
            header.split(" | ").map(|name| name.trim().to_owned()).collect()
        };
        Self { table: Table { title, names, rows: Vec::new() }, markdown }
    }

    /// Whether a line without bars is a row: one that has a single value.
    fn takes(&self, line: &str) -> bool {
        !self.markdown
            && self.table.names.iter().any(|name| !name.is_empty() && line.starts_with(&format!("{name}: ")))
    }

    fn row(&mut self, line: &str, start: i64, end: i64) {
        let names = &self.table.names;
        let cells = if self.markdown {
            let cells = markdown_cells(line);
            if cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':'))) {
                return;
            }
            cells
        } else {
            named_cells(line, names)
        };
        let mut cells = cells;
        cells.resize(names.len(), String::new());
        self.table.rows.push(Row { cells, start, end });
    }
}

fn markdown_cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        match (c, escaped) {
            ('\\', false) => {
                escaped = true;
                continue;
            }
            ('|', false) => cells.push(String::new()),
            (c, _) => {
                if let Some(cell) = cells.last_mut() {
                    if escaped && c != '|' {
                        cell.push('\\');
                    }
                    cell.push(c);
                }
            }
        }
        escaped = false;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The values of a row that names its columns, in the order of the columns; empty ones are left out in the text.
fn named_cells(line: &str, names: &[String]) -> Vec<String> {
    let mut cells = vec![String::new(); names.len()];
    let mut next = 0;
    let mut last: Option<usize> = None;
    for part in line.split(" | ") {
        let place = (next..names.len()).find(|at| {
            let name = &names[*at];
            !name.is_empty() && part.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(": "))
        });
        let unnamed = (next..names.len()).find(|at| names[*at].is_empty());
        match (place, unnamed, last) {
            (Some(at), ..) => {
                part[names[at].len() + 2..].trim().clone_into(&mut cells[at]);
                (next, last) = (at + 1, Some(at));
            }
            (None, Some(at), _) if at == next => {
                part.trim().clone_into(&mut cells[at]);
                (next, last) = (at + 1, Some(at));
            }
            // A value with a bar in it.
            (None, _, Some(at)) => {
                cells[at].push_str(" | ");
                cells[at].push_str(part);
            }
            (None, _, None) => {
                if let Some(cell) = cells.first_mut() {
                    part.trim().clone_into(cell);
                }
                (next, last) = (1, Some(0));
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_are_read_back() {
        let text = "site | species | pairs\n\nsite: Alder Marsh | species: lapwing | pairs: 14\nsite: Birch Hill | pairs: 3\n";
        let tables = tables_in(text, 0, "Sheet1");
        assert_eq!(tables[0].names, ["site", "species", "pairs"]);
        assert_eq!(tables[0].rows[1].cells, ["Birch Hill", "", "3"]);
        let row = &tables[0].rows[0];
        let shown: String = text
            .chars()
            .skip(usize::try_from(row.start).unwrap())
            .take(usize::try_from(row.end - row.start).unwrap())
            .collect();
        assert_eq!(shown, "site: Alder Marsh | species: lapwing | pairs: 14");
    }

    #[test]
    fn tables_of_pages_are_read_as_cells() {
        use docent_domain::table::{Cell, Table as Cells};
        let high = Cell { row_span: 2, ..Cell::new(0, "North") };
        let table = Cells {
            page: 3,
            last_page: 4,
            header_rows: 1,
            columns: 2,
            rows: vec![
                vec![Cell::new(0, "Region"), Cell::new(1, "Sales")],
                vec![high, Cell::new(1, "4")],
                vec![Cell::new(1, "5")],
            ],
            caption: None,
        };
        let kept = ShownTable { table, rows: vec![None, Some((20, 30)), Some((90, 91))] };
        let table = Table::of_page(&kept, "report.pdf").unwrap();
        assert_eq!(table.names, ["Region", "Sales"]);
        assert_eq!(
            table.rows[1],
            Row { cells: vec!["North".to_owned(), "5".to_owned()], start: 90, end: 91 }
        );
        assert_eq!(table.title, "report.pdf");
    }

    #[test]
    fn tables_in_markdown_are_read() {
        let text = "# Prices\n\n| Item | Euro |\n|---|---|\n| Tea | 2 |\n| Rum | 9 |\n\nText.";
        let tables = tables_in(text, 0, "");
        assert_eq!((tables[0].title.as_str(), tables[0].rows.len()), ("Prices", 2));
        assert_eq!(tables[0].rows[1].cells, ["Rum", "9"]);
    }
}
