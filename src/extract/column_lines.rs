//! Which lines of a plain text are rows of columns, and where their columns begin.

/// A title longer than this is a sentence.
const LONGEST_TITLE: usize = 60;

/// A line longer than this was not set in columns.
const LONGEST_LINE: usize = 1000;

/// Of a longer stretch that has no columns as a whole, no part is tried.
const LONGEST_TRIED: usize = 100;

/// A stretch of lines whose columns stand below each other.
#[derive(Debug)]
pub(super) struct Block {
    pub start: usize,
    pub end: usize,
    pub rows: Vec<Row>,
    /// Where its columns begin.
    pub places: Vec<usize>,
    /// The row above a rule.
    ruled: Option<usize>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Row {
    Cells(Vec<String>),
    Title(String),
}

/// Whether blanks or a tab part a line as no sentence is parted.
pub(super) fn has_gap(line: &str) -> bool {
    line.len() <= LONGEST_LINE && pieces(&chars(line)).len() > 1
}

/// Whether the lines that are parted are those of programs or settings.
pub(super) fn is_code(lines: &[&str]) -> bool {
    let parted: Vec<&&str> = lines.iter().filter(|it| has_gap(it)).collect();
    let signs = ['{', '}', ';', '=', '<', '>', '\\', '`', '|'];
    parted.iter().filter(|it| it.contains(signs)).count() * 10 > parted.len()
}

/// A line in columns: leaders of dots are blanks, tabs reach to the next eighth place and are two blanks at least.
fn chars(line: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for c in line.trim_end().chars() {
        if c == '\t' {
            let end = (out.len() + 2).next_multiple_of(8);
            out.resize(end, ' ');
        } else {
            out.push(c);
        }
    }
    let mut at = 0;
    while at < out.len() {
        let end = out[at..].iter().position(|it| !matches!(it, '.' | ' ')).map_or(out.len(), |it| at + it);
        if out[at..end].iter().filter(|it| **it == '.').count() >= 4 {
            out[at..end].fill(' ');
        }
        at = end.max(at + 1);
    }
    out
}

/// Where the pieces of a line begin and end. Two blanks behind a sentence part nothing.
fn pieces(line: &[char]) -> Vec<(usize, usize)> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for at in (0..line.len()).filter(|at| line[*at] != ' ') {
        match pieces.last_mut() {
            Some((_, end))
                if at - *end < 2 || at - *end == 2 && matches!(line[*end - 1], '.' | '!' | '?') =>
            {
                *end = at + 1;
            }
            _ => pieces.push((at, at + 1)),
        }
    }
    pieces
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '+' | ' '))
}

/// A short line that names what stands below it.
pub(super) fn is_title(line: &str) -> bool {
    let is_short = line.chars().count() <= LONGEST_TITLE && line.split_whitespace().count() <= 8;
    is_short
        && !has_gap(line)
        && line.chars().any(char::is_alphabetic)
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with(['.', ',', ';', '!', '?'])
        && !line.contains(": ")
}

/// Whether a line goes on with a value of the row above it.
fn is_indented(line: &str) -> bool {
    !line.trim().is_empty() && (line.starts_with("    ") || line.starts_with('\t')) && !has_gap(line)
}

impl Block {
    /// The block that begins with this line; if none does, the line to look at next.
    pub(super) fn at(lines: &[&str], start: usize) -> Result<Self, usize> {
        let is_row = |at: usize| lines.get(at).is_some_and(|it| has_gap(it) && !is_rule(it));
        let names_rows = |at: usize| is_title(lines[at]) && is_row(at + 1);
        if !is_row(start) && !names_rows(start) {
            return Err(start + 1);
        }
        let mut end = start;
        while end < lines.len()
            && (is_row(end)
                || names_rows(end)
                || end > start && (is_rule(lines[end]) || is_indented(lines[end])))
        {
            end += 1;
        }
        let drawn: Vec<Vec<char>> = lines[start..end].iter().map(|it| chars(it)).collect();
        let parted: Vec<&Vec<char>> =
            (start..end).zip(&drawn).filter(|(at, _)| is_row(*at)).map(|(_, it)| it).collect();
        let columns = columns(&parted);
        // Under a title a row of several values may stand alone.
        let least = if names_rows(start) && columns.len() > 2 { 1 } else { 2 };
        if !are_columns(&parted, &columns, least) {
            return Err(if end - start > LONGEST_TRIED { end } else { start + 1 });
        }
        let places = columns.iter().map(|(first, _)| *first).collect();
        let mut block = Self { start, end, rows: Vec::new(), places, ruled: None };
        for (at, line) in (start..end).zip(&drawn) {
            if is_row(at) {
                block.row(line, &columns);
            } else if is_rule(lines[at]) {
                block.ruled = block.ruled.or(block.first_row().filter(|_| block.cells().count() == 1));
            } else if is_indented(lines[at]) && !names_rows(at) {
                block.go_on(line, &columns);
            } else {
                block.rows.push(Row::Title(lines[at].trim().to_owned()));
            }
        }
        Ok(block)
    }

    /// A block whose cells are known.
    pub(super) fn of_rows(start: usize, end: usize, rows: Vec<Row>) -> Self {
        let mut block = Self { start, end, rows, places: Vec::new(), ruled: None };
        let width = block.cells().map(Vec::len).max().unwrap_or(0);
        block.places = (0..width).collect();
        block
    }

    fn cells(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rows.iter().filter_map(|it| match it {
            Row::Cells(cells) => Some(cells),
            Row::Title(_) => None,
        })
    }

    pub(super) fn first_row(&self) -> Option<usize> {
        self.rows.iter().position(|it| matches!(it, Row::Cells(_)))
    }

    fn row(&mut self, line: &[char], columns: &[(usize, usize)]) {
        let cells = cells_of(line, columns);
        let continues = cells.first().is_some_and(String::is_empty) && is_rest(&cells);
        match self.rows.last_mut() {
            Some(Row::Cells(before)) if continues && before.len() >= cells.len() => join(before, &cells),
            _ => self.rows.push(Row::Cells(cells)),
        }
    }

    /// A line below a value that is too long for its column.
    fn go_on(&mut self, line: &[char], columns: &[(usize, usize)]) {
        let begin = line.iter().position(|it| *it != ' ').unwrap_or(0);
        let column = columns.iter().rposition(|(first, _)| *first <= begin).unwrap_or(0);
        let text: String = line[begin..].iter().collect();
        if let Some(Row::Cells(before)) = self.rows.last_mut() {
            before.resize(before.len().max(column + 1), String::new());
            let own = &mut before[column];
            *own = [own.as_str(), &text].join(" ").trim().to_owned();
        }
    }

    /// The names of the columns, where the first row has them: above a rule, beside an empty corner, or above figures.
    pub(super) fn header(&self) -> Option<&[String]> {
        let mut rows = self.cells();
        let first = rows.next()?;
        let rest: Vec<&Vec<String>> = rows.collect();
        let width = self.places.len();
        if first.len() != width || rest.is_empty() || rest.iter().any(|it| it.len() > width) {
            return None;
        }
        let is_name = |it: &String| it.chars().any(char::is_alphabetic) && !it.ends_with(':');
        if !first.iter().skip(1).all(is_name) {
            return None;
        }
        let at = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
        let has_corner = first[0].is_empty() && rest.iter().all(|it| !it[0].is_empty());
        let has_digit = |it: &str| it.chars().any(|c| c.is_ascii_digit());
        let figures = |column: usize| {
            let mut values = rest.iter().map(|row| at(row, column)).filter(|it| !it.is_empty()).peekable();
            values.peek().is_some() && values.all(|it| has_digit(&it) || it.len() < 2)
        };
        let above_figures = rest.len() > 1
            && !first.iter().any(|it| it.is_empty() || has_digit(it))
            && (1..width).any(figures);
        (self.ruled.is_some() || has_corner || above_figures).then_some(first)
    }
}

/// Where columns begin and end: between them all lines have two blanks.
fn columns(lines: &[&Vec<char>]) -> Vec<(usize, usize)> {
    let width = lines.iter().map(|it| it.len()).max().unwrap_or(0);
    let taken: Vec<char> = (0..width)
        .map(|at| if lines.iter().any(|it| it.get(at).is_some_and(|c| *c != ' ')) { 'x' } else { ' ' })
        .collect();
    pieces(&taken)
}

/// Whether these are columns and not sentences side by side, or lines that are parted by chance.
fn are_columns(lines: &[&Vec<char>], columns: &[(usize, usize)], least: usize) -> bool {
    if lines.len() < least || columns.len() < 2 {
        return false;
    }
    let rows: Vec<Vec<String>> = lines.iter().map(|it| cells_of(it, columns)).collect();
    if columns.len() == 2 && rows.iter().all(|it| is_item_label(&it[0])) {
        return false;
    }
    let cells: Vec<&String> = rows.iter().flat_map(|it| &it[1..]).collect();
    let filled = cells.into_iter().filter(|it| !it.is_empty());
    let running = filled.clone().filter(|it| it.starts_with(char::is_lowercase) && it.contains(' ')).count();
    let long = filled.clone().filter(|it| it.split_whitespace().count() > 8).count();
    let count = filled.count();
    running * 2 <= count && long * 3 <= count
}

/// The cells of a line. One that is parted further than its column says is several.
fn cells_of(line: &[char], columns: &[(usize, usize)]) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for (first, last) in columns {
        let inside = line.get(*first..(*last).min(line.len())).unwrap_or_default();
        let parts = pieces(inside);
        if parts.is_empty() {
            cells.push(String::new());
        }
        cells.extend(parts.iter().map(|(from, to)| inside[*from..*to].iter().collect::<String>()));
    }
    while cells.len() > columns.len() && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

/// Whether a line without a label has words alone, and so belongs to the row above.
fn is_rest(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|it| !it.is_empty());
    filled.clone().count() == 1 && filled.all(|it| it.chars().any(char::is_alphabetic))
}

fn join(before: &mut [String], rest: &[String]) {
    for (own, more) in before.iter_mut().zip(rest).filter(|(_, more)| !more.is_empty()) {
        *own = [own.as_str(), more].join(" ").trim().to_owned();
    }
}

/// Whether each row is made of labels with a colon and their values.
pub(super) fn is_form(rows: &[Vec<String>]) -> bool {
    let is_labelled = |row: &Vec<String>| {
        let filled: Vec<&String> = row.iter().filter(|it| !it.is_empty()).collect();
        filled.len().is_multiple_of(2)
            && filled.chunks(2).all(|it| it[0].ends_with(':') && !it[1].ends_with(':'))
    };
    rows.iter().all(is_labelled)
}

/// "1.", "(b)", "2.3", "•": what stands before an item of a list.
pub(super) fn is_item_label(cell: &str) -> bool {
    let inner = cell.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '§' | ' '));
    let is_bullet = inner.chars().count() <= 1 && !inner.chars().any(|c| c.is_ascii_digit());
    let is_number = inner.len() <= 8 && inner.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_marked = inner.len() < cell.trim().len() || inner.contains('.');
    is_bullet || is_number && is_marked
}

/// The labels of a form's row, without their colons, and their values.
pub(super) fn pairs(row: &[String]) -> Vec<(String, String)> {
    let filled: Vec<&String> = row.iter().filter(|it| !it.is_empty()).collect();
    let pair = |it: &[&String]| (it[0].trim_end_matches(':').trim().to_owned(), it[1].clone());
    filled.chunks_exact(2).map(pair).collect()
}
