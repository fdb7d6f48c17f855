//! Tables with merged cells as markdown.

/// The widest table that is written as one.
const MAX_COLUMNS: usize = 512;

/// The longest stretch of rows or columns that one cell is repeated over.
const MAX_SPAN: usize = 1000;

/// Rows of cells that may span several. A label that spans rows stands in each of them, and one that spans columns of
/// the header in each of those, so that every value has its labels in its own line.
#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    /// What still reaches down from rows above: text and rows left, by column.
    hanging: Vec<Option<(String, usize)>>,
    /// Rows at the top that are said to be the header.
    header: usize,
    pub caption: Option<String>,
}

#[derive(Clone)]
pub(super) struct GridCell {
    pub text: String,
    pub columns: usize,
    pub rows: usize,
}

impl GridCell {
    pub(super) fn new(text: String) -> Self {
        Self { text, columns: 1, rows: 1 }
    }
}

impl Grid {
    pub(super) fn with_caption(caption: Option<String>) -> Self {
        Self { caption, ..Self::default() }
    }

    /// Adds a row. `header` says whether the file calls it one.
    pub(super) fn row(&mut self, cells: Vec<GridCell>, header: bool) {
        let is_header = header && self.header == self.rows.len();
        let labels = is_header || self.rows.is_empty();
        let mut row: Vec<String> = Vec::new();
        for cell in cells {
            self.hang(&mut row);
            let span = cell.columns.clamp(1, MAX_SPAN);
            for at in 0..span {
                if row.len() >= MAX_COLUMNS {
                    break;
                }
                let column = row.len();
                // What spans columns below the header is one value, not several.
                let text = if at == 0 || labels { cell.text.clone() } else { String::new() };
                if cell.rows > 1 {
                    self.hanging.resize(self.hanging.len().max(column + 1), None);
                    self.hanging[column] = Some((text.clone(), cell.rows.min(MAX_SPAN) - 1));
                }
                row.push(text);
            }
        }
        self.hang(&mut row);
        if is_header {
            self.header += 1;
        }
        self.rows.push(row);
    }

    /// Puts in what reaches down from above, where the row stands now.
    fn hang(&mut self, row: &mut Vec<String>) {
        while let Some(slot) = self.hanging.get_mut(row.len()) {
            let Some((text, left)) = slot.as_mut() else { return };
            row.push(text.clone());
            *left -= 1;
            if *left == 0 {
                *slot = None;
            }
        }
    }

    /// The cells, for those who write them otherwise.
    pub(super) fn into_rows(self) -> Vec<Vec<String>> {
        self.rows
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().flatten().all(String::is_empty)
    }

    /// As a markdown table. Without a header of its own, the first row is it if `first_is_header`; else it stays empty.
    pub(super) fn into_markdown(self, first_is_header: bool) -> String {
        let header = self.header;
        let mut out = String::new();
        if let Some(caption) = self.caption.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
            out.push_str(caption);
            out.push_str("\n\n");
        }
        let rows = self.rows.into_iter().enumerate();
        let rows: Vec<_> = rows.filter(|(_, row)| row.iter().any(|it| !it.is_empty())).collect();
        let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        let line = |row: &[String]| {
            let cells = row.iter().map(|cell| cell.replace('|', "\\|"));
            let cells: Vec<String> = cells.chain(std::iter::repeat(String::new())).take(width).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let (names, rows) = header_of(rows, header, first_is_header && width > 0);
        if rows.is_empty() {
            out.push_str(&names.map(|row| line(&row)).unwrap_or_default());
            return out;
        }
        let named = names.is_some();
        let names = names.unwrap_or_else(|| vec![String::new(); width]);
        if named || rows.len() > 1 {
            out.push_str(&line(&names));
            out.push_str(&format!("|{}\n", " --- |".repeat(width)));
        }
        for (_, row) in rows {
            out.push_str(&line(&row));
        }
        out
    }
}

type Rows = Vec<(usize, Vec<String>)>;

/// Takes the header off. Several rows of it become one, each column with the labels above it.
fn header_of(mut rows: Rows, header: usize, first: bool) -> (Option<Vec<String>>, Rows) {
    let count = rows.iter().take_while(|(at, _)| *at < header).count();
    let count = if count == 0 && first { 1.min(rows.len()) } else { count };
    if count == 0 {
        return (None, rows);
    }
    let body = rows.split_off(count);
    let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let label = |column: usize| {
        let mut labels: Vec<&str> = rows
            .iter()
            .filter_map(|(_, row)| row.get(column))
            .map(String::as_str)
            .filter(|it| !it.is_empty())
            .collect();
        labels.dedup();
        labels.join(" ")
    };
    (Some((0..width).map(label).collect()), body)
}

/// Whether the first row names the columns, as far as its words tell: no figures in it, but some below.
pub(super) fn looks_headed(rows: &[Vec<String>]) -> bool {
    let figure = |cell: &String| cell.chars().any(|c| c.is_ascii_digit());
    let Some((first, rest)) = rows.split_first() else { return false };
    let filled = first.iter().filter(|it| !it.is_empty()).count();
    filled >= 2 && !first.iter().any(figure) && rest.iter().flatten().any(figure)
}

impl Grid {
    pub(super) fn looks_headed(&self) -> bool {
        looks_headed(&self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[(&str, usize, usize)]]) -> Grid {
        let mut grid = Grid::default();
        for row in rows {
            let cells =
                row.iter().map(|&(text, columns, rows)| GridCell { text: text.into(), columns, rows });
            grid.row(cells.collect(), false);
        }
        grid
    }

    #[test]
    fn labels_reach_over_what_they_span() {
        let grid = grid(&[
            &[("Site", 1, 1), ("Pairs", 2, 1)],
            &[("North", 1, 2), ("12", 1, 1), ("a|b", 1, 1)],
            &[("13", 1, 1), ("14", 1, 1)],
            &[("all", 3, 1)],
        ]);
        assert_eq!(
            grid.into_markdown(true),
            "| Site | Pairs | Pairs |\n| --- | --- | --- |\n| North | 12 | a\\|b |\n| North | 13 | 14 |\n| all |  |  |\n"
        );
    }

    #[test]
    fn rows_of_a_header_become_one() {
        let mut grid = Grid::default();
        let cell = |text: &str, columns, rows| GridCell { text: text.into(), columns, rows };
        grid.row(vec![cell("Region", 1, 2), cell("2023", 2, 1)], true);
        grid.row(vec![cell("Q1", 1, 1), cell("Q2", 1, 1)], true);
        grid.row(vec![cell("North", 1, 1), cell("1", 1, 1), cell("2", 1, 1)], false);
        assert_eq!(
            grid.into_markdown(false),
            "| Region | 2023 Q1 | 2023 Q2 |\n| --- | --- | --- |\n| North | 1 | 2 |\n"
        );
    }

    #[test]
    fn a_table_without_a_header_gets_none() {
        let rows = grid(&[&[("Rope", 1, 1), ("18.50", 1, 1)], &[("Block", 1, 1), ("410", 1, 1)]]);
        assert!(!rows.looks_headed());
        assert_eq!(rows.into_markdown(false), "|  |  |\n| --- | --- |\n| Rope | 18.50 |\n| Block | 410 |\n");
    }
}
