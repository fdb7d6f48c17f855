//! Rows of cells as text that can be found: each row says what its values are called.

/// Collects rows and writes them down. A row of names at the top, or above figures further down, names the columns of
/// the rows that follow.
#[derive(Default)]
pub(super) struct Table {
    header: Option<Vec<String>>,
    /// Whether the header is the first row of all, and so holds for whatever follows.
    header_is_top: bool,
    /// A row of names that becomes the header if the next row has figures under it.
    candidate: Option<Vec<String>>,
    rows: usize,
    text: String,
}

/// Above this, names in every row would drown the values.
const MAX_NAMED_COLUMNS: usize = 40;

/// A name longer than this is a sentence and not repeated.
const MAX_NAME_CHARS: usize = 80;

impl Table {
    /// Adds a row. Empty ones vanish.
    pub(super) fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| single_line(cell)).collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        self.rows += 1;
        let candidate = self.candidate.take();
        if let Some(candidate) = candidate.filter(|it| stands_above(it, &cells)) {
            self.header = Some(candidate);
            self.header_is_top = false;
        }
        let names = is_header(&cells);
        match &self.header {
            _ if self.rows == 1 && names && !cells[0].is_empty() => {
                self.line(&filled(&cells));
                self.text.push('\n');
                self.header = Some(cells);
                self.header_is_top = true;
            }
            Some(header) if fits(header, &cells) => {
                let line = named(header, &cells);
                self.line(&line);
            }
            _ => {
                // Wrong names would be worse than none.
                self.header = self.header.take().filter(|_| self.header_is_top);
                self.line(&filled(&cells));
                self.candidate = names.then_some(cells);
            }
        }
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
    let mut unique = filled.clone();
    unique.sort();
    unique.dedup();
    let is_year =
        |cell: &String| cell.len() == 4 && cell.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
    let is_name = |cell: &String| {
        (cell.chars().any(char::is_alphabetic) || is_year(cell)) && cell.chars().count() <= MAX_NAME_CHARS
    };
    let is_row = cells.len() <= MAX_NAMED_COLUMNS && filled.len() >= 2 && unique.len() == filled.len();
    is_row
        && filled.iter().all(|cell| is_name(cell))
        && !filled.iter().all(|cell| is_year(cell) && !cells[0].is_empty())
}

/// Whether these are the names of what stands in `cells`: each has one, and there are figures.
fn stands_above(names: &[String], cells: &[String]) -> bool {
    let is_figure =
        |cell: &String| cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '('));
    fits(names, cells) && cells.iter().skip(1).any(is_figure)
}

/// Whether each value has a name, the first excepted: it names the row. A row that sticks out belongs to something else
/// on the sheet, and so does one that has only a name, or none although it should.
fn fits(header: &[String], cells: &[String]) -> bool {
    let mut values = cells.iter().enumerate().skip(1).filter(|(_, cell)| !cell.is_empty()).map(|(at, _)| at);
    let names_rows = header.first().is_some_and(String::is_empty);
    let is_labelled = cells.first().is_some_and(|cell| !cell.is_empty());
    let has_values = values.clone().next().is_some();
    let all_named = values.all(|at| header.get(at).is_some_and(|it| !it.is_empty()));
    all_named && (!names_rows || (is_labelled && has_values))
}

fn named(header: &[String], cells: &[String]) -> String {
    let pairs = header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let written = pairs.map(|(name, cell)| match name.as_str() {
        "" => cell.clone(),
        name => format!("{name}: {cell}"),
    });
    written.collect::<Vec<_>>().join(" | ")
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
    fn names_above_figures_are_found_below_a_title() {
        let text = written(&[
            &["3. Results"],
            &["", "Sales", "Profit"],
            &["North", "12", "-3"],
            &["Remark on all"],
            &["", "2022", "2023"],
            &["North", "8", "9"],
        ]);
        assert_eq!(
            text,
            "3. Results\nSales | Profit\nNorth | Sales: 12 | Profit: -3\nRemark on all\n\
             2022 | 2023\nNorth | 2022: 8 | 2023: 9\n"
        );
        assert_eq!(written(&[&["title"], &["a", "b"], &["c", "d"]]), "title\na | b\nc | d\n", "no figures");
    }

    #[test]
    fn figures_and_titles_are_no_header() {
        assert_eq!(written(&[&["1", "2"], &["3", "4"]]), "1 | 2\n3 | 4\n");
        assert_eq!(written(&[&["Annual report", ""], &["x", "y"]]), "Annual report\nx | y\n");
        assert_eq!(written(&[&["same", "same"], &["x", "y"]]), "same | same\nx | y\n");
    }
}
