//! Tables drawn with rules: the rules make a grid, and where one is missing a cell spans.

use super::sheet::{Rect, TableBlock};
use super::words::{Row, Word, line};
use docent_domain::table::{Cell, Table};

/// Rules this near are one: double borders, and cells with a space between them.
const SAME: f32 = 3.5;
/// A page with more rules than this is a drawing.
const MAX_RULES: usize = 6_000;
/// A box with more words than this is a frame around text.
const MAX_CELL_WORDS: usize = 150;

/// So is one with more lines, if its table has rows of its own.
const MAX_CELL_LINES: usize = 14;

/// A rule: where it stands on one axis, and from where to where it runs on the other.
#[derive(Debug, Clone, Copy)]
struct Rule {
    at: f32,
    from: f32,
    to: f32,
}

/// Finds the tables and takes their words out of the rows.
pub(crate) fn tables(rules: &[Rect], rows: &mut Vec<Row>) -> Vec<TableBlock> {
    let (across, down) = sorted_out(rules);
    if across.len() < 2 || down.len() < 2 || across.len() + down.len() > MAX_RULES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> =
        groups(&across, &down).into_iter().filter_map(|(across, down)| Grid::new(&across, &down)).collect();
    // Inner tables first: their words are theirs.
    grids.sort_by(|a, b| area(&a.rect()).total_cmp(&area(&b.rect())));
    let mut found: Vec<TableBlock> = grids.iter().filter_map(|grid| table(grid, rows)).collect();
    rows.retain(|row| !row.words.is_empty());
    found.sort_by(|a, b| a.rect.top.total_cmp(&b.rect.top));
    found
}

fn area(rect: &Rect) -> f32 {
    rect.width() * rect.height()
}

/// Rules across and down, those on one line joined.
fn sorted_out(rules: &[Rect]) -> (Vec<Rule>, Vec<Rule>) {
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for rule in rules {
        let (width, height) = (rule.width(), rule.height());
        if width > height * 2.0 && width > 2.0 {
            across.push(Rule { at: (rule.top + rule.bottom) * 0.5, from: rule.left, to: rule.right });
        } else if height > width * 2.0 && height > 2.0 {
            down.push(Rule { at: (rule.left + rule.right) * 0.5, from: rule.top, to: rule.bottom });
        }
    }
    (joined(across), joined(down))
}

fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Rule> = Vec::new();
    let mut start = 0;
    while start < rules.len() {
        let mut end = start + 1;
        while end < rules.len()
            && rules[end].at - rules[end - 1].at < 1.0
            && rules[end].at - rules[start].at < SAME
        {
            end += 1;
        }
        let group = &mut rules[start..end];
        let at = group.iter().map(|rule| rule.at).sum::<f32>() / group.len() as f32;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = out.len();
        for rule in group.iter() {
            match out[first..].last_mut() {
                Some(last) if rule.from <= last.to + SAME => last.to = last.to.max(rule.to),
                _ => out.push(Rule { at, ..*rule }),
            }
        }
        start = end;
    }
    out
}

/// Rules that touch each other, by group.
fn groups(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut parent: Vec<usize> = (0..across.len() + down.len()).collect();
    for (a, rule) in across.iter().enumerate() {
        for (d, other) in down.iter().enumerate() {
            let touches = other.at >= rule.from - SAME
                && other.at <= rule.to + SAME
                && rule.at >= other.from - SAME
                && rule.at <= other.to + SAME;
            if touches {
                let (x, y) = (root(&mut parent, a), root(&mut parent, across.len() + d));
                parent[x] = y;
            }
        }
    }
    let mut by_root: Vec<(usize, Vec<Rule>, Vec<Rule>)> = Vec::new();
    for at in 0..parent.len() {
        let root = root(&mut parent, at);
        let group = match by_root.iter().position(|(known, ..)| *known == root) {
            Some(group) => group,
            None => {
                by_root.push((root, Vec::new(), Vec::new()));
                by_root.len() - 1
            }
        };
        match at.checked_sub(across.len()) {
            None => by_root[group].1.push(across[at]),
            Some(d) => by_root[group].2.push(down[d]),
        }
    }
    by_root.into_iter().map(|(_, across, down)| (across, down)).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

struct Grid {
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each place, the first place of its cell.
    owner: Vec<usize>,
}

impl Grid {
    fn new(across: &[Rule], down: &[Rule]) -> Option<Self> {
        if across.len() < 2 || down.is_empty() {
            return None;
        }
        // Without rules at its sides, a table ends where the rules across do.
        let ends = |rules: &[Rule]| {
            let from = rules.iter().map(|rule| rule.from).fold(f32::MAX, f32::min);
            let to = rules.iter().map(|rule| rule.to).fold(f32::MIN, f32::max);
            [from, to]
        };
        let xs = lines(down.iter().map(|rule| rule.at).chain(ends(across)));
        let ys = lines(across.iter().map(|rule| rule.at).chain(ends(down)));
        if xs.len() < 3 || ys.len() < 3 || xs.len() * ys.len() > 100_000 {
            return None;
        }
        let (columns, count) = (xs.len() - 1, ys.len() - 1);
        let mut parent: Vec<usize> = (0..columns * count).collect();
        let mut unite = |a: usize, b: usize| {
            let (x, y) = (root(&mut parent, a), root(&mut parent, b));
            parent[x.max(y)] = x.min(y);
        };
        for row in 0..count {
            for column in 0..columns {
                let at = row * columns + column;
                if column + 1 < columns && !is_ruled(down, xs[column + 1], ys[row], ys[row + 1]) {
                    unite(at, at + 1);
                }
                if row + 1 < count && !is_ruled(across, ys[row + 1], xs[column], xs[column + 1]) {
                    unite(at, at + columns);
                }
            }
        }
        let owner = (0..columns * count).map(|at| root(&mut parent, at)).collect();
        Some(Self { xs, ys, owner })
    }

    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    fn rect(&self) -> Rect {
        let last = |all: &[f32]| all.last().copied().unwrap_or_default();
        Rect { left: self.xs[0], right: last(&self.xs), top: self.ys[0], bottom: last(&self.ys) }
    }

    /// The cell that a word stands in.
    fn cell(&self, word: &Word) -> Option<usize> {
        let x = (word.rect.left + word.rect.right) * 0.5;
        let y = (word.rect.top + word.rect.bottom) * 0.5;
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge <= y).checked_sub(1)?;
        (column < self.columns() && row < self.rows()).then(|| self.owner[row * self.columns() + column])
    }
}

/// Places of rules, those that are one joined.
fn lines(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    let mut out: Vec<(f32, u16)> = Vec::new();
    for place in places {
        match out.last_mut() {
            Some((last, count)) if place - *last < SAME => {
                *last = (*last * f32::from(*count) + place) / f32::from(*count + 1);
                *count = count.saturating_add(1).min(1000);
            }
            _ => out.push((place, 1)),
        }
    }
    out.into_iter().map(|(place, _)| place).collect()
}

fn is_ruled(rules: &[Rule], at: f32, from: f32, to: f32) -> bool {
    let covered: f32 = rules
        .iter()
        .filter(|rule| (rule.at - at).abs() < SAME)
        .map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0))
        .fold(0.0, f32::max);
    covered > (to - from) * 0.6
}

fn table(grid: &Grid, rows: &mut [Row]) -> Option<TableBlock> {
    let rect = grid.rect();
    let columns = grid.columns();
    let mut cells: Vec<Vec<(usize, Word)>> = vec![Vec::new(); columns * grid.rows()];
    let inside = |word: &Word| {
        let x = (word.rect.left + word.rect.right) * 0.5;
        let y = (word.rect.top + word.rect.bottom) * 0.5;
        x > rect.left && x < rect.right && y > rect.top && y < rect.bottom
    };
    for (at, row) in rows.iter().enumerate() {
        for word in row.words.iter().filter(|word| inside(word)) {
            cells[grid.cell(word)?].push((at, word.clone()));
        }
    }
    if !is_table(grid, &cells) {
        return None;
    }
    for row in rows.iter_mut() {
        row.words.retain(|word| !inside(word));
    }
    let texts: Vec<Vec<(f32, String)>> = cells.iter().map(|words| cell_lines(words)).collect();
    let mut table = Table { columns, ..Table::default() };
    table.rows = placed(grid, &texts);
    split_by_lines(&mut table, &texts, columns);
    drop_empty(&mut table);
    table.header_rows = header_rows(&table);
    Some(TableBlock { table, rect, columns: grid.xs.clone(), is_ruled: true })
}

/// Frames around text, and drawings, are none.
fn is_table(grid: &Grid, cells: &[Vec<(usize, Word)>]) -> bool {
    let owners = |at: &usize| grid.owner[*at] == *at;
    let all = (0..cells.len()).filter(owners).count();
    let filled = cells.iter().filter(|words| !words.is_empty()).count();
    let largest = cells.iter().map(Vec::len).max().unwrap_or(0);
    let words: usize = cells.iter().map(Vec::len).sum();
    let rows_of = |words: &Vec<(usize, Word)>| words.chunk_by(|a, b| a.0 == b.0).count();
    let deepest = cells.iter().map(rows_of).max().unwrap_or(0);
    // All labels of a form in one box, and no rules between them.
    let form = deepest >= MAX_CELL_LINES && largest * 3 > words && grid.rows() > 2;
    let frame = largest > MAX_CELL_WORDS && largest * 2 > words || form;
    filled >= 3 && filled * 4 >= all && !frame
}

/// The lines of a cell, with where each stands.
fn cell_lines(words: &[(usize, Word)]) -> Vec<(f32, String)> {
    let mut out = Vec::new();
    for group in words.chunk_by(|a, b| a.0 == b.0) {
        let words: Vec<Word> = group.iter().map(|(_, word)| word.clone()).collect();
        let rect = words[0].rect;
        out.push((rect.bottom, line(&words, rect, true).text));
    }
    out
}

fn placed(grid: &Grid, texts: &[Vec<(f32, String)>]) -> Vec<Vec<Cell>> {
    let columns = grid.columns();
    let mut rows = vec![Vec::new(); grid.rows()];
    for (at, lines) in texts.iter().enumerate().filter(|(at, _)| grid.owner[*at] == *at) {
        let (row, column) = (at / columns, at % columns);
        let own = |other: &usize| grid.owner[*other] == at;
        let across = (at..(row + 1) * columns).take_while(own).count();
        let down = (at..grid.owner.len()).step_by(columns).take_while(own).count();
        let text: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        rows[row].push(Cell {
            column_span: across.max(1),
            row_span: down.max(1),
            ..Cell::new(column, text.join("\n"))
        });
    }
    rows
}

/// A table whose rows have no rules between them: columns and a header are ruled, and the lines of text are the rows.
fn split_by_lines(table: &mut Table, texts: &[Vec<(f32, String)>], columns: usize) {
    let Some(last) = table.rows.len().checked_sub(1).filter(|last| *last <= 1) else { return };
    let body = &texts[last * columns..];
    let most = body.iter().map(Vec::len).max().unwrap_or(0);
    let spans = table.rows[last].iter().any(|cell| cell.column_span > 1 || cell.row_span > 1);
    let mut places: Vec<f32> = body.iter().flatten().map(|(place, _)| *place).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let shared = places
        .iter()
        .filter(|place| {
            body.iter().filter(|lines| lines.iter().any(|(at, _)| (at - **place).abs() < 2.0)).count() > 1
        })
        .count();
    if spans || most < 4 || shared * 10 < places.len() * 8 {
        return;
    }
    let split = places.iter().map(|place| {
        let text = |column: usize| body[column].iter().find(|(at, _)| (at - place).abs() < 2.0);
        (0..columns).map(|column| Cell::new(column, text(column).map_or("", |(_, text)| text))).collect()
    });
    let split: Vec<Vec<Cell>> = split.collect();
    table.rows.truncate(last);
    table.rows.extend(split);
}

/// Rows and columns without any text are the space between double rules.
fn drop_empty(table: &mut Table) {
    let rows = &mut table.rows;
    let mut row = 0;
    while row < rows.len() {
        let empty = rows[row].iter().all(|cell| cell.text.is_empty());
        let spanned = rows[..row]
            .iter()
            .enumerate()
            .any(|(at, cells)| cells.iter().any(|cell| at + cell.row_span > row));
        let spans = rows[row].iter().any(|cell| cell.row_span > 1);
        if empty && !spanned && !spans {
            rows.remove(row);
        } else {
            row += 1;
        }
    }
    let mut column = 0;
    while column < table.columns {
        let cells = || table.rows.iter().flatten();
        let touched = cells().any(|cell| {
            let spanned = cell.column <= column && column < cell.column + cell.column_span;
            spanned && (cell.column_span > 1 || !cell.text.is_empty())
        });
        if touched {
            column += 1;
            continue;
        }
        for row in &mut table.rows {
            row.retain(|cell| cell.column != column);
            row.iter_mut().filter(|cell| cell.column > column).for_each(|cell| cell.column -= 1);
        }
        table.columns -= 1;
    }
}

/// How many rows at the top name what stands below them.
pub(crate) fn header_rows(table: &Table) -> usize {
    if table.rows.len() < 2 || table.columns < 2 {
        return 0;
    }
    let mut header = 0;
    // A title over all columns stands above the header.
    while header + 2 < table.rows.len() && is_title(table, header) {
        header += 1;
    }
    let row = &table.rows[header];
    if row.is_empty() {
        return 0;
    }
    let filled = row.iter().filter(|cell| !cell.text.is_empty()).count();
    let labels = row.iter().filter(|cell| !cell.text.is_empty() && !is_amount(&cell.text)).count();
    let below = table.rows[header + 1..].iter().flatten().filter(|cell| cell.column > 0);
    let (mut amounts, mut all) = (0, 0);
    for cell in below.filter(|cell| !cell.text.is_empty()) {
        all += 1;
        amounts += usize::from(is_amount(&cell.text) || is_year(&cell.text));
    }
    if is_form(table)
        || filled * 2 < table.columns.min(row.len())
        || labels * 2 < filled && (amounts * 2 > all || all == 0)
    {
        return 0;
    }
    let deep = row.iter().map(|cell| cell.row_span).max().unwrap_or(1);
    let mut rows = header + deep.max(1);
    // Cells that span several columns have names of their own below them.
    let wide = |at: usize| table.rows.get(at).is_some_and(|row| row.iter().any(|cell| cell.column_span > 1));
    if deep == 1 && wide(header) && rows + 1 < table.rows.len() {
        rows += 1;
    }
    if rows < table.rows.len() { rows } else { 0 }
}

/// Labels at the left of their values, and nothing above: of a form, or of sums.
pub(crate) fn is_form(table: &Table) -> bool {
    let is_label = |cell: &Cell| cell.column % 2 == 1 || cell.text.is_empty() || cell.text.ends_with(':');
    let begins = |row: &Vec<Cell>| row.first().is_some_and(|it| it.text.ends_with(':'));
    let labelled = table.columns.is_multiple_of(2)
        && table.rows.iter().all(|row| begins(row) && row.iter().all(is_label));
    let is_sum = |row: &Vec<Cell>| {
        matches!(&row[..], [label, value] if label.text.contains(char::is_alphabetic)
            && is_amount(&value.text) && value.text.contains(['.', ',', '€', '$', '£', '%']))
    };
    labelled || table.columns == 2 && table.rows.first().is_some_and(is_sum)
}

fn is_title(table: &Table, row: usize) -> bool {
    table.rows[row].len() == 1 && table.rows[row][0].column_span == table.columns
}

/// A number with its signs, but not a year.
pub(crate) fn is_amount(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (digits > 0 && letters <= 3 && letters < digits.max(2) && !is_year(text))
        || matches!(text.trim(), "-" | "–" | "—" | "$ —" | "$—" | "n/a")
}

pub(crate) fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::turn::Mark;
    use super::super::words;
    use super::*;

    fn marks(text: &str, left: f32, base: f32) -> Vec<Mark> {
        let mark = |(at, c): (usize, char)| {
            let left = left + at as f32 * 5.0;
            let rect = Rect { left, right: left + 5.0, top: base - 8.0, bottom: base + 2.0 };
            Mark { c, rect, base, size: 10.0, at }
        };
        text.chars().enumerate().map(mark).collect()
    }

    fn across(y: f32, from: f32, to: f32) -> Rect {
        Rect { left: from, right: to, top: y, bottom: y }
    }

    fn down(x: f32, from: f32, to: f32) -> Rect {
        Rect { left: x, right: x, top: from, bottom: to }
    }

    #[test]
    fn a_missing_rule_is_a_span() {
        let rules = [
            across(0.0, 0.0, 300.0),
            across(20.0, 100.0, 300.0),
            across(40.0, 0.0, 300.0),
            across(60.0, 0.0, 300.0),
            down(0.0, 0.0, 60.0),
            down(100.0, 0.0, 60.0),
            down(200.0, 20.0, 60.0),
            down(300.0, 0.0, 60.0),
        ];
        let text = [
            ("Region", 10.0, 24.0),
            ("Sales", 150.0, 14.0),
            ("2023", 110.0, 34.0),
            ("2024", 210.0, 34.0),
            ("North", 10.0, 54.0),
            ("12", 110.0, 54.0),
            ("15", 210.0, 54.0),
        ];
        let glyphs: Vec<Mark> = text.iter().flat_map(|(text, x, y)| marks(text, *x, *y)).collect();
        let mut rows = words::rows(&glyphs, &rules);
        let found = tables(&rules, &mut rows);
        assert!(rows.is_empty());
        let table = &found[0].table;
        assert_eq!((table.columns, table.header_rows), (3, 2));
        assert_eq!(table.column_names(), ["Region", "Sales 2023", "Sales 2024"]);
        assert_eq!(table.grid()[2], ["North", "12", "15"]);
    }

    #[test]
    fn labels_with_their_values_are_no_header() {
        let table = |rows: &[&[&str]]| {
            let cells = |row: &&[&str]| row.iter().enumerate().map(|(at, it)| Cell::new(at, *it)).collect();
            Table { columns: rows[0].len(), rows: rows.iter().map(cells).collect(), ..Table::default() }
        };
        for (rows, header) in [
            (&[&["Subtotal", "103.50"][..], &["Total incl. VAT", "124.20"]][..], 0),
            (&[&["Amount due", "€ 124"], &["Due by", "19 March 2024"]], 0),
            (&[&["Owner:", "Oline", "Vessel:", "Terna"], &["Length:", "12 m", "Beam:", "4 m"]], 0),
            (&[&["Class", "1"], &["Rope", "12"]], 1),
            (&[&["Item", "Amount"], &["Rope", "12.50"]], 1),
            (&[&["Year", "2024"], &["Rope", "12.50"]], 1),
        ] {
            assert_eq!(header_rows(&table(rows)), header, "{rows:?}");
        }
    }

    #[test]
    fn a_frame_is_no_table() {
        let rules =
            [across(0.0, 0.0, 300.0), across(60.0, 0.0, 300.0), down(0.0, 0.0, 60.0), down(300.0, 0.0, 60.0)];
        let mut rows = words::rows(&marks("in a frame", 10.0, 30.0), &rules);
        assert!(tables(&rules, &mut rows).is_empty());
        assert_eq!(rows.len(), 1);
    }

    #[test]
    fn a_wall_parts_what_stands_close() {
        let mut glyphs = marks("12", 0.0, 10.0);
        glyphs.extend(marks("34", 10.2, 10.0));
        let rows = words::rows(&glyphs, &[down(10.1, 0.0, 20.0)]);
        assert_eq!(rows[0].words.len(), 2);
    }
}
