//! Rows of cells as text that can be found: each row says what its values are called.

/// Collects rows and writes them down. A first row that looks like one names the columns of all others.
#[derive(Default)]
pub(super) struct Table {
    header: Option<Vec<String>>,
    rows: usize,
    text: String,
}

/// Above this, names in every row would drown the values.
const MAX_NAMED_COLUMNS: usize = 40;

/// A name longer than this is a sentence and not repeated.
const MAX_NAME_CHARS: usize = 60;

impl Table {
    /// Adds a row. Empty ones vanish.
    pub(super) fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| single_line(cell)).collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        self.rows += 1;
        if self.rows == 1 && is_header(&cells) {
            self.line(&filled(&cells));
            self.text.push('\n');
            self.header = Some(cells);
            return;
        }
        let line = match &self.header {
            Some(header) if fits(header, &cells) => named(header, &cells),
            _ => filled(&cells),
        };
        self.line(&line);
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

fn is_header(cells: &[String]) -> bool {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let mut unique: Vec<&String> = filled.clone();
    unique.sort();
    unique.dedup();
    let is_name =
        |cell: &&String| cell.chars().any(char::is_alphabetic) && cell.chars().count() <= MAX_NAME_CHARS;
    filled.len() >= 2
        && unique.len() == filled.len()
        && filled.iter().all(is_name)
        && cells.len() <= MAX_NAMED_COLUMNS
}

/// Whether each value has a name. A row that sticks out belongs to something else on the sheet.
fn fits(header: &[String], cells: &[String]) -> bool {
    cells
        .iter()
        .enumerate()
        .all(|(at, cell)| cell.is_empty() || header.get(at).is_some_and(|it| !it.is_empty()))
}

fn named(header: &[String], cells: &[String]) -> String {
    let pairs = header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    pairs.map(|(name, cell)| format!("{name}: {cell}")).collect::<Vec<_>>().join(" | ")
}

fn filled(cells: &[String]) -> String {
    let filled = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty());
    filled.collect::<Vec<_>>().join(" | ")
}

fn single_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[&[&str]]) -> String {
        let mut table = Table::default();
        for row in rows {
            table.row(&row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>());
        }
        table.into_text()
    }

    #[test]
    fn rows_carry_the_names_of_their_columns() {
        let text = written(&[&["ring", "bird"], &["HA-1", "stork"], &["", ""], &["HA-2", ""]]);
        assert_eq!(text, "ring | bird\n\nring: HA-1 | bird: stork\nring: HA-2\n");
    }

    #[test]
    fn a_row_outside_the_columns_stands_for_itself() {
        let text = written(&[&["a", "b"], &["1", "2", "note"]]);
        assert_eq!(text, "a | b\n\n1 | 2 | note\n");
    }

    #[test]
    fn figures_and_titles_are_no_header() {
        assert_eq!(written(&[&["1", "2"], &["3", "4"]]), "1 | 2\n3 | 4\n");
        assert_eq!(written(&[&["Annual report", ""], &["x", "y"]]), "Annual report\nx | y\n");
        assert_eq!(written(&[&["same", "same"], &["x", "y"]]), "same | same\nx | y\n");
    }
}
