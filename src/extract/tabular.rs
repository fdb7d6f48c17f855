//! Rows of cells as text that can be found: each row says what its values are called.

/// Collects rows and writes them down. A row of names at the top, or above figures further down, names the columns of
/// the rows that follow.
#[derive(Default)]
pub(super) struct Table {
    header: Option<Vec<String>>,
    /// Whether the header is the first row of all, and so holds for whatever follows.
    header_is_top: bool,
    /// Whether rows have come below the header already.
    followed: bool,
    /// A row of names that becomes the header if the next row has figures under it.
    candidate: Option<Vec<String>>,
    /// Names that stand over several columns, and over the names in the next row.
    upper: Option<Vec<String>>,
    /// Whether all rows so far were titles of one cell, and how many tables have ended.
    begun: bool,
    ended: bool,
    /// Whether the row just before had values beside its first cell.
    after_values: bool,
    /// Which columns the last named row filled.
    filled: Vec<bool>,
    /// The names of the table that an empty row ended, and which columns its last row filled: sums stand below it.
    above: Option<(Vec<String>, Vec<bool>)>,
    text: String,
}

/// Above this, names in every row would drown the values.
const MAX_NAMED_COLUMNS: usize = 40;

/// A name longer than this is a sentence and not repeated.
const MAX_NAME_CHARS: usize = 80;

impl Table {
    /// Adds a row. Empty ones vanish.
    pub(super) fn row(&mut self, cells: &[String]) {
        self.spanned(cells, &[]);
    }

    /// Adds a row in which the cells marked in `spread` only repeat the one before them, which spans them.
    pub(super) fn spanned(&mut self, cells: &[String], spread: &[bool]) {
        let all: Vec<String> = cells.iter().map(|cell| single_line(cell)).collect();
        let is_spread = |at: usize| spread.get(at).copied().unwrap_or(false);
        let own: Vec<String> = all
            .iter()
            .enumerate()
            .map(|(at, cell)| if is_spread(at) { String::new() } else { cell.clone() })
            .collect();
        let filled_cells = own.iter().filter(|it| !it.is_empty()).count();
        if filled_cells == 0 {
            return;
        }
        if let Some((header, filled)) = self.above.take().filter(|(_, filled)| are_sums(filled, &own)) {
            let line = named(&header, &own);
            self.above = Some((header, filled));
            return self.line(&line);
        }
        let (top, over) = (!self.begun && !self.ended, self.upper.take());
        if top && filled_cells == 1 && over.is_none() {
            // A title above the table.
            return self.line(&filled(&own));
        }
        let spans = own.iter().zip(&all).any(|(own, all)| own != all);
        if filled_cells > 1 && spans && over.is_none() && self.header.is_none() && is_row_of_names(&own) {
            self.line(&filled(&own));
            self.upper = Some(all);
            return;
        }
        self.begun = true;
        let after_values = std::mem::replace(&mut self.after_values, filled_cells > 1);
        let names = over.as_ref().map_or_else(|| own.clone(), |over| under(over, &all));
        let candidate = self.candidate.take();
        if let Some(candidate) =
            candidate.filter(|it| stands_above(it, &own) || has_corner(it) && fits(it, &own))
        {
            self.header = Some(candidate);
            self.header_is_top = false;
        }
        let named = is_header(&names);
        match &self.header {
            _ if (top || over.is_some()) && named && (!own[0].is_empty() || over.is_some()) => {
                self.line(&filled(&own));
                self.text.push('\n');
                self.header = Some(names);
                self.header_is_top = true;
                self.followed = false;
            }
            Some(header) if fits(header, &own) => {
                let line = self::named(header, &own);
                self.followed = true;
                self.filled = own.iter().map(|it| !it.is_empty()).collect();
                self.line(&line);
            }
            _ => {
                // Wrong names would be worse than none.
                self.header = self.header.take().filter(|_| self.header_is_top);
                self.followed = true;
                self.line(&filled(&own));
                // Two words in a list of labels and values name nothing below them.
                let is_pair = filled_cells == 2 && !own[0].is_empty() && after_values;
                self.candidate = (named && !is_pair).then_some(names);
            }
        }
    }

    /// An empty row of a sheet: what follows is another table, unless there was only a header yet.
    pub(super) fn gap(&mut self) {
        if self.header.is_some() && !self.followed {
            return;
        }
        if self.begun {
            self.ended = true;
        }
        if self.ended && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        let header = self.header.take();
        self.above = header.map(|it| (it, std::mem::take(&mut self.filled))).or(self.above.take());
        (self.candidate, self.upper) = (None, None);
        (self.header_is_top, self.followed, self.begun) = (false, false, false);
        self.after_values = false;
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

/// The names of columns under those that span several of them.
fn under(over: &[String], names: &[String]) -> Vec<String> {
    let width = over.len().max(names.len());
    let at = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let joined = (0..width).map(|column| match (at(over, column), at(names, column)) {
        (over, name) if over.is_empty() || over == name => name,
        (over, name) if name.is_empty() => over,
        (over, name) => format!("{over} {name}"),
    });
    joined.collect()
}

fn is_row_of_names(cells: &[String]) -> bool {
    let filled = || cells.iter().filter(|it| !it.is_empty());
    cells.len() <= MAX_NAMED_COLUMNS && filled().all(|it| is_name(it))
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

fn is_name(cell: &str) -> bool {
    (cell.chars().any(char::is_alphabetic) || is_year(cell)) && cell.chars().count() <= MAX_NAME_CHARS
}

fn is_header(cells: &[String]) -> bool {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let mut unique = filled.clone();
    unique.sort();
    unique.dedup();
    let is_row = cells.len() <= MAX_NAMED_COLUMNS && filled.len() >= 2 && unique.len() == filled.len();
    if is_scattered(cells) {
        return false;
    }
    is_row
        && filled.iter().all(|cell| is_name(cell))
        && !filled.iter().all(|cell| is_year(cell) && !cells[0].is_empty())
}

/// Whether labels and values stand here and there: "Sold to", and far to the right "Date" with "5 March".
fn is_scattered(cells: &[String]) -> bool {
    let is_value = |cell: &String| cell.starts_with(|c: char| c.is_ascii_digit()) && !is_year(cell);
    let first = cells.iter().position(|it| !it.is_empty()).unwrap_or(0);
    let last = cells.iter().rposition(|it| !it.is_empty()).unwrap_or(0);
    cells.iter().any(is_value) && cells.get(first..last).is_some_and(|it| it.iter().any(String::is_empty))
}

/// Whether names stand over all columns but the first, which names the rows.
fn has_corner(names: &[String]) -> bool {
    names.len() > 2 && names[0].is_empty() && names[1..].iter().all(|it| !it.is_empty())
}

/// Whether a row behind an empty one sums up the table before: a label, and figures where that one has values.
fn are_sums(filled: &[bool], cells: &[String]) -> bool {
    let is_figure = |cell: &str| {
        cell.trim_start_matches(['-', '−', '+', '(', '$', '€', '£', ' '])
            .starts_with(|c: char| c.is_ascii_digit())
            && !is_year(cell)
    };
    let values = || cells.iter().enumerate().skip(1).filter(|(_, cell)| !cell.is_empty());
    cells.first().is_some_and(|it| is_name(it) && !it.starts_with(|c: char| c.is_ascii_digit()))
        && values().count() > 1
        && values().all(|(at, cell)| is_figure(cell) && filled.get(at).copied().unwrap_or(false))
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
        assert_eq!(
            written(&[&["title"], &["a", "b"], &["c", "d"]]),
            "title\na | b\n\na: c | b: d\n",
            "a title is no header, and does not keep one from being it"
        );
    }

    #[test]
    fn labels_and_words_are_no_header_of_the_figures_below() {
        let text = written(&[&["Order", "4711"], &["Status", "open"], &["Price", "12"], &["Paid", "0"]]);
        assert_eq!(text, "Order | 4711\nStatus | open\nPrice | 12\nPaid | 0\n");
    }

    #[test]
    fn an_empty_row_ends_a_table() {
        let mut table = Table::default();
        let mut rows = |rows: &[&[&str]]| {
            for row in rows {
                table.row(&row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>());
            }
            table.gap();
        };
        rows(&[&["Boat", "Cod"], &["Terna", "812"]]);
        rows(&[&["Remark", "by Oline"]]);
        rows(&[&["Berth", "Price"], &["A1", "12"]]);
        assert_eq!(
            table.into_text(),
            "Boat | Cod\n\nBoat: Terna | Cod: 812\n\nRemark | by Oline\n\nBerth | Price\nBerth: A1 | Price: 12\n\n"
        );
    }

    #[test]
    fn sums_below_an_empty_row_belong_to_the_table_above() {
        let mut table = Table::default();
        let row = |cells: &[&str]| cells.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        for cells in [["Boat", "Cod", "Hake"], ["Terna", "812", "15"], ["Alke", "15", "3"]] {
            table.row(&row(&cells));
        }
        table.gap();
        table.row(&row(&["Total", "827", "18"]));
        table.row(&row(&["Mean", "413.5", "9"]));
        table.gap();
        table.row(&row(&["Berth", "Price", "Deposit"]));
        table.row(&row(&["A1", "12", "3"]));
        assert_eq!(
            table.into_text(),
            "Boat | Cod | Hake\n\nBoat: Terna | Cod: 812 | Hake: 15\nBoat: Alke | Cod: 15 | Hake: 3\n\n\
             Boat: Total | Cod: 827 | Hake: 18\nBoat: Mean | Cod: 413.5 | Hake: 9\n\n\
             Berth | Price | Deposit\nBerth: A1 | Price: 12 | Deposit: 3\n"
        );
    }

    #[test]
    fn names_beside_an_empty_corner_name_words_too() {
        let mut table = Table::default();
        let row = |cells: &[&str]| cells.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        table.row(&row(&["Roster"]));
        table.gap();
        table.row(&row(&["", "Mon", "Tue"]));
        table.row(&row(&["Early", "Aino", "Tom"]));
        table.row(&row(&["Night", "", "Runa"]));
        assert_eq!(table.into_text(), "Roster\nMon | Tue\nEarly | Mon: Aino | Tue: Tom\nNight | Tue: Runa\n");
    }

    #[test]
    fn a_letterhead_does_not_keep_tables_together() {
        let mut table = Table::default();
        let row = |cells: &[&str]| cells.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        table.row(&row(&["Chandlers", "", "INVOICE"]));
        table.gap();
        table.row(&row(&["Oline Dahl", "Quay 7"]));
        table.gap();
        table.row(&row(&["Item", "Qty", "Price"]));
        table.row(&row(&["Rope", "2", "12"]));
        assert_eq!(
            table.into_text(),
            "Chandlers | INVOICE\n\nOline Dahl | Quay 7\n\nItem | Qty | Price\nItem: Rope | Qty: 2 | Price: 12\n"
        );
    }

    #[test]
    fn scattered_labels_and_values_name_nothing() {
        let text = written(&[
            &["Sold to", "", "", "Invoice no.", "2024-118"],
            &["Oline Dahl", "", "", "Date", "5 March 2024"],
            &["Quay 7", "", "", "Due", "19 March 2024"],
        ]);
        assert_eq!(
            text,
            "Sold to | Invoice no. | 2024-118\nOline Dahl | Date | 5 March 2024\nQuay 7 | Due | 19 March 2024\n"
        );
    }

    #[test]
    fn names_over_several_columns_are_part_of_each() {
        let mut table = Table::default();
        let row = |cells: &[&str]| cells.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        table.row(&row(&["Catches"]));
        table.spanned(&row(&["Boat", "2023", "2023"]), &[false, false, true]);
        table.row(&row(&["Boat", "Cod", "Hake"]));
        table.row(&row(&["Terna", "812", "15"]));
        table.spanned(&row(&["none at all", "none at all", "none at all"]), &[false, true, true]);
        assert_eq!(
            table.into_text(),
            "Catches\nBoat | 2023\nBoat | Cod | Hake\n\nBoat: Terna | 2023 Cod: 812 | 2023 Hake: 15\nBoat: none at all\n"
        );
    }

    #[test]
    fn figures_and_titles_are_no_header() {
        assert_eq!(written(&[&["1", "2"], &["3", "4"]]), "1 | 2\n3 | 4\n");
        assert_eq!(written(&[&["Annual report", ""], &["x", "y"]]), "Annual report\nx | y\n\n");
        assert_eq!(written(&[&["same", "same"], &["x", "y"]]), "same | same\nx | y\n");
    }
}
