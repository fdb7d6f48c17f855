//! Tables as cells: what a reader saw as rows and columns, for those that compute with it.

/// A table of one page of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The page that it begins on, as [`Table`]'s document numbers its pages: 1-based.
    pub page: i64,
    /// The page that it ends on; a table that goes on overleaf is one table.
    pub last_page: i64,
    /// The title above or below it, if there is one.
    pub caption: Option<String>,
    /// How many rows at the top are the header. 0 where the table has none.
    pub header_rows: usize,
    /// How many columns there are.
    pub columns: usize,
    /// From the top. A place that a cell above or to the left spans has no cell of its own.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell, at its first row and column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub text: String,
    /// 0-based.
    pub column: usize,
    /// At least 1.
    pub column_span: usize,
    /// At least 1.
    pub row_span: usize,
    /// Where the text stands in its page's text, if it stands there as one piece.
    pub place: Option<Place>,
}

/// A piece of a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 1-based.
    pub page: i64,
    /// Byte offsets into the text of that page.
    pub start: usize,
    pub end: usize,
}

impl Cell {
    /// A cell that spans nothing.
    pub fn new(column: usize, text: impl Into<String>) -> Self {
        Self { text: text.into(), column, column_span: 1, row_span: 1, place: None }
    }
}

impl Table {
    /// Every place of the grid with the text that counts there: that of a spanning cell stands in each of its places.
    pub fn grid(&self) -> Vec<Vec<&str>> {
        let mut grid = vec![vec![""; self.columns]; self.rows.len()];
        for (at, row) in self.rows.iter().enumerate() {
            for cell in row {
                let down = at..(at + cell.row_span.max(1)).min(self.rows.len());
                let across = cell.column..(cell.column + cell.column_span.max(1)).min(self.columns);
                for line in &mut grid[down] {
                    for place in across.clone() {
                        line[place] = &cell.text;
                    }
                }
            }
        }
        grid
    }

    /// The name of each column: the texts of its header from the top down, each once, with a space between them. A
    /// title over all columns names none.
    pub fn column_names(&self) -> Vec<String> {
        let mut grid = self.grid();
        for (row, places) in self.rows.iter().zip(&mut grid).take(self.header_rows) {
            if matches!(&row[..], [only] if only.column_span == self.columns && self.columns > 1) {
                places.fill("");
            }
        }
        let names = (0..self.columns).map(|column| {
            let mut parts: Vec<&str> = Vec::new();
            for row in grid.iter().take(self.header_rows) {
                let text = row[column].trim();
                if !text.is_empty() && parts.last() != Some(&text) {
                    parts.push(text);
                }
            }
            parts.join(" ")
        });
        names.collect()
    }

    /// GitHub's form of a table. It knows no spans: a spanning cell is written once, at its first place, except in
    /// the header, where it names each of its columns. The caption is not part of it.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        self.clone().write_markdown(&mut out, self.page);
        out
    }

    /// Appends [`Table::markdown`] to the text of `page`, and notes where the cells below the header stand.
    pub fn write_markdown(&mut self, out: &mut String, page: i64) {
        let columns = self.columns;
        let plain = |out: &mut String, cells: &mut dyn Iterator<Item = String>| {
            out.push('|');
            for cell in cells {
                out.push(' ');
                out.push_str(&cell);
                out.push_str(" |");
            }
            out.push('\n');
        };
        plain(out, &mut self.column_names().iter().map(|name| escaped(name)));
        plain(out, &mut (0..columns).map(|_| "---".to_owned()));
        for row in self.rows.iter_mut().skip(self.header_rows) {
            out.push('|');
            for column in 0..columns {
                out.push(' ');
                if let Some(cell) = row.iter_mut().find(|cell| cell.column == column) {
                    let start = out.len();
                    out.push_str(&escaped(&cell.text));
                    cell.place = Some(Place { page, start, end: out.len() });
                }
                out.push_str(" |");
            }
            out.push('\n');
        }
    }
}

/// A cell's text on one line, where a bar is no border.
fn escaped(text: &str) -> String {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let lines: Vec<String> = text.lines().map(words).filter(|line| !line.is_empty()).collect();
    lines.join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spanning() -> Table {
        let wide = Cell { column_span: 2, ..Cell::new(1, "Sales") };
        let high = Cell { row_span: 2, ..Cell::new(0, "North") };
        Table {
            header_rows: 2,
            columns: 3,
            rows: vec![
                vec![Cell::new(0, "Region"), wide],
                vec![Cell::new(1, "2023"), Cell::new(2, "2024")],
                vec![high, Cell::new(1, "1|2"), Cell::new(2, "3\n4")],
                vec![Cell::new(1, "5"), Cell::new(2, "6")],
            ],
            ..Table::default()
        }
    }

    #[test]
    fn spans_fill_their_places() {
        assert_eq!(spanning().grid()[3], ["North", "5", "6"]);
        assert_eq!(spanning().column_names(), ["Region", "Sales 2023", "Sales 2024"]);
    }

    #[test]
    fn markdown_keeps_bars_and_line_ends_inside_cells() {
        let expected = "| Region | Sales 2023 | Sales 2024 |\n| --- | --- | --- |\n| North | 1\\|2 | 3<br>4 |\n|  | 5 | 6 |\n";
        assert_eq!(spanning().markdown(), expected);
    }

    #[test]
    fn spans_beyond_the_grid_do_no_harm() {
        let cell = Cell { column_span: 9, row_span: 9, ..Cell::new(1, "x") };
        let table = Table { columns: 2, rows: vec![vec![cell]], ..Table::default() };
        assert_eq!(table.grid(), [["", "x"]]);
    }
}
