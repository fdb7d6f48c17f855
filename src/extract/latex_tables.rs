//! LaTeX: tables, with cells that span several, and what a column sets around its cells.

use super::grid::{Grid, GridCell};
use super::latex_source::{bracketed, command, group};
use super::{latex, latex_units as units};
use std::collections::HashMap;

/// Environments that are tables, and how many groups stand before the one with the columns.
const TABLES: &[(&str, usize)] = &[
    ("NiceTabular", 0),
    ("longtable", 0),
    ("longtabu", 0),
    ("mpsupertabular", 0),
    ("supertabular", 0),
    ("tabu", 0),
    ("tabular", 0),
    ("tabularx", 1),
    ("tabulary", 1),
    ("tblr", 0),
    ("longtblr", 0),
    ("xltabular", 1),
    ("xtabular", 0),
];

/// The widest column of a table that is written as one.
const MAX_COLUMNS: usize = 200;

pub(super) fn is_table(environment: &str) -> bool {
    TABLES.iter().any(|(it, _)| *it == environment.trim_end_matches('*'))
}

/// The table inside an environment, from its arguments on.
pub(super) fn table(environment: &str, inside: &str, depth: usize) -> Grid {
    let name = environment.trim_end_matches('*');
    let widths = TABLES.iter().find(|(it, _)| *it == name).map_or(0, |(_, widths)| *widths)
        + usize::from(name != environment && name == "tabular");
    let mut rest = bracketed(inside.trim_start()).1;
    for _ in 0..widths {
        rest = group(rest.trim_start()).map_or(rest, |(_, rest)| rest);
        rest = bracketed(rest.trim_start()).1;
    }
    let (columns, rest) = group(rest.trim_start()).unwrap_or(("", rest));
    let columns = if name.ends_with("tblr") { Vec::new() } else { columns_of(columns, depth) };
    let mut table = TableReader { columns, depth, ..TableReader::default() };
    for row in rows_of(rest) {
        table.row(&row);
    }
    table.grid()
}

/// The cells of a table, row by row, cut where no group and no environment is open.
pub(super) fn rows_of(text: &str) -> Vec<Vec<&str>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let (mut start, mut at, mut depth) = (0, 0, 0i64);
    while let Some(c) = text[at..].chars().next() {
        let behind = &text[at + c.len_utf8()..];
        let mut next = at + c.len_utf8();
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '&' if depth == 0 => {
                row.push(&text[start..at]);
                start = next;
            }
            '\\' => {
                let (name, after) = command(behind);
                next = text.len() - after.len();
                match name {
                    "begin" => depth += 1,
                    "end" => depth -= 1,
                    "\\" | "tabularnewline" | "cr" if depth == 0 => {
                        row.push(&text[start..at]);
                        rows.push(std::mem::take(&mut row));
                        let after = after.strip_prefix('*').unwrap_or(after);
                        let after = bracketed(after.trim_start_matches([' ', '\t'])).1;
                        next = text.len() - after.len();
                        start = next;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        at = next;
    }
    row.push(&text[start..]);
    rows.push(row);
    rows
}

#[derive(Debug, Clone, Default)]
struct Column {
    before: String,
    after: String,
    /// What stands between this column and the next, and makes one value of both.
    joined: Option<String>,
    is_numeric: bool,
    /// The sign for the decimals as it is written, and as it is set.
    decimal: Option<(String, String)>,
}

/// What the argument of a table says of its columns.
fn columns_of(text: &str, depth: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut before = String::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next().filter(|_| columns.len() < MAX_COLUMNS) {
        rest = rest[c.len_utf8()..].trim_start();
        let mut argument = || {
            let (inside, after) = group(rest)?;
            rest = after.trim_start();
            Some(inside)
        };
        match c {
            '@' | '!' => {
                let between = argument().map(|it| between(it, depth)).unwrap_or_default();
                if let Some(column) = columns.last_mut().filter(|_| !between.is_empty()) {
                    column.joined = Some(between);
                }
            }
            '>' => before = argument().map(|it| around(it, depth)).unwrap_or_default(),
            '<' => {
                let after = argument().map(|it| around(it, depth)).unwrap_or_default();
                if let Some(column) = columns.last_mut() {
                    column.after = after;
                }
            }
            '*' => {
                let times = argument().and_then(|it| it.trim().parse::<usize>().ok()).unwrap_or(1);
                let repeated = argument().map(|it| columns_of(it, depth)).unwrap_or_default();
                for _ in 0..times.min(MAX_COLUMNS) {
                    columns.extend(repeated.iter().cloned());
                }
            }
            'D' => {
                let (written, set) = (argument().unwrap_or("."), argument().unwrap_or("."));
                argument();
                let set = set.trim_matches('$').to_owned();
                columns.push(Column {
                    before: std::mem::take(&mut before),
                    decimal: Some((written.to_owned(), if set == "\\cdot" { "·".to_owned() } else { set })),
                    ..Column::default()
                });
            }
            c if c.is_ascii_alphabetic() => {
                columns.push(Column {
                    before: std::mem::take(&mut before),
                    is_numeric: matches!(c, 'S' | 's'),
                    ..Column::default()
                });
                rest = bracketed(rest).1.trim_start();
                while let Some((_, after)) = group(rest) {
                    rest = after.trim_start();
                }
            }
            _ => {}
        }
    }
    if let Some(last) = columns.last_mut() {
        last.joined = None;
    }
    columns
}

/// What a column prints around each of its cells; `$` begins a formula. How it is set is no text.
fn around(text: &str, depth: usize) -> String {
    let signs = |text: &str| {
        // Blanks at its ends stay.
        let text = latex::inline(&format!("({text})"), depth + 1);
        let text = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or_default().to_owned();
        if text.chars().count() > 12 || text.contains(['=', '#']) { String::new() } else { text }
    };
    match text.trim() {
        "$" => "$".to_owned(),
        // Set as TeX, so as not to be read twice.
        _ => signs(text).replace('%', "\\%").replace('$', "\\$").replace('&', "\\&"),
    }
}

fn between(text: &str, depth: usize) -> String {
    let words = latex::inline(text, depth + 1);
    // A gap, or a bar.
    if words.contains(['=', '|']) || words.chars().count() > 8 { String::new() } else { words }
}

#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    columns: usize,
    /// How far it reaches down, or up.
    rows: i64,
}

#[derive(Default)]
struct TableReader {
    columns: Vec<Column>,
    depth: usize,
    rows: Vec<Vec<Cell>>,
    /// Behind how many rows there are rules.
    rules: Vec<usize>,
    /// Where the part of the rows that is being read began.
    part: usize,
    head: Option<usize>,
    tail: Vec<Vec<Cell>>,
    caption: Option<String>,
}

impl TableReader {
    fn row(&mut self, cells: &[&str]) {
        let Some((first, others)) = cells.split_first() else { return };
        let first = self.rules_before(first);
        if first.trim().is_empty() && others.is_empty() {
            return;
        }
        let mut row = Vec::new();
        let mut column = 0;
        for raw in std::iter::once(first).chain(others.iter().copied()) {
            let cell = self.cell(raw, column);
            column += cell.columns;
            row.push(cell);
        }
        self.rows.push(row);
    }

    /// Takes off what is set between rows; what is left of the first cell.
    fn rules_before<'a>(&mut self, cell: &'a str) -> &'a str {
        let mut rest = cell.trim_start();
        while let Some(behind) = rest.strip_prefix('\\') {
            let (name, after) = command(behind);
            let arguments = match name {
                "hline" | "toprule" | "midrule" | "bottomrule" | "Xhline" | "firsthline" | "lasthline"
                | "hdashline" => {
                    self.rule(name);
                    usize::from(name == "Xhline")
                }
                "cline" | "cmidrule" | "hhline" | "arrayrulecolor" | "noalign" | "rowcolor" | "rowfont"
                | "cdashline" | "label" => 1,
                "specialrule" => 3,
                "addlinespace" | "morecmidrules" | "endfirsthead" | "endhead" | "endfoot" | "endlastfoot"
                | "noindent" | "pagebreak" | "nopagebreak" | "tabularnewline" | "centering" | "small"
                | "footnotesize" => {
                    self.end_part(name);
                    0
                }
                "caption" => {
                    let after = bracketed(after.strip_prefix('*').unwrap_or(after).trim_start()).1;
                    let Some((caption, after)) = group(after) else { return rest };
                    self.caption = Some(latex::inline(caption, self.depth + 1));
                    rest = after.trim_start();
                    continue;
                }
                _ => return rest,
            };
            rest = after;
            if let Some(after) = rest.strip_prefix('(') {
                rest = after.split_once(')').map_or(after, |(_, after)| after);
            }
            rest = bracketed(rest.trim_start()).1;
            for _ in 0..arguments {
                rest = group(rest.trim_start()).map_or(rest, |(_, after)| after);
            }
            while let (Some(_), after) = bracketed(rest) {
                rest = after;
            }
            rest = rest.trim_start();
        }
        rest
    }

    fn rule(&mut self, name: &str) {
        if self.rows.is_empty() {
            return;
        }
        self.rules.push(self.rows.len());
        if name == "midrule" {
            self.head = self.head.or(Some(self.rows.len()));
        }
    }

    /// Parts of a table that goes over several pages: its head stands once, what ends a page does not stand at all.
    fn end_part(&mut self, name: &str) {
        let part = match name {
            "endfirsthead" | "endhead" | "endfoot" | "endlastfoot" => {
                self.rows.split_off(self.part.min(self.rows.len()))
            }
            _ => return,
        };
        match name {
            "endfirsthead" | "endhead" if self.head.is_none() => {
                self.rows.extend(part);
                self.head = Some(self.rows.len());
            }
            "endlastfoot" => self.tail = part,
            _ => {}
        }
        self.part = self.rows.len();
    }

    fn cell(&self, raw: &str, column: usize) -> Cell {
        let (mut columns, mut rows, mut own) = (1, 1, true);
        let mut text = raw.trim();
        loop {
            if let Some((count, inside)) = spanning(text, "\\multicolumn", 1) {
                columns = count.unsigned_abs() as usize;
                own = false;
                text = inside.trim();
            } else if let Some((count, inside)) = spanning(text, "\\multirow", 1) {
                rows = count;
                text = inside.trim();
            } else if let Some(rest) = text.strip_prefix("\\SetCell") {
                let (keys, rest) = bracketed(rest);
                let key = |wanted: &str| {
                    keys?.split(',').find_map(|it| it.trim().strip_prefix(wanted)?.parse::<usize>().ok())
                };
                columns = key("c=").unwrap_or(1);
                rows = key("r=").map_or(1, |it| i64::try_from(it).unwrap_or(1));
                text = group(rest).map_or(rest, |(_, rest)| rest).trim();
            } else {
                break;
            }
        }
        let set = self.columns.get(column).filter(|_| own && !text.is_empty());
        let set = set.filter(|_| !text.starts_with('{') || !text.ends_with('}'));
        let text = match set {
            Some(column) if column.is_numeric && is_number(text) => units::number(text),
            Some(column) => {
                let (before, after) = (&column.before, &column.after);
                let after = if before == "$" && after.is_empty() { "$" } else { after };
                let text = latex::inline(&format!("{before}{text}{after}"), self.depth + 1);
                match &column.decimal {
                    Some((written, set)) => text.replacen(written.as_str(), set, 1),
                    None => text,
                }
            }
            None => latex::inline(text, self.depth + 1),
        };
        Cell { text, columns: columns.clamp(1, MAX_COLUMNS), rows }
    }

    fn grid(mut self) -> Grid {
        self.rows.append(&mut self.tail);
        let count = self.rows.len();
        self.rules.dedup();
        self.rules.retain(|it| *it < count);
        // A rule behind each row says nothing of the first.
        let ruled = self.rules.len() + 1 == count && count > 2;
        let header = self.head.or_else(|| self.rules.first().copied().filter(|_| !ruled));
        let header = header.filter(|it| *it < count).unwrap_or(0);
        let rows = self.resolved();
        let mut grid = Grid::with_caption(self.caption.take());
        for (at, row) in rows.into_iter().enumerate() {
            grid.row(row, at < header);
        }
        grid
    }

    /// Labels that reach over several rows stand in each, and values that several columns make are one.
    fn resolved(&self) -> Vec<Vec<GridCell>> {
        let groups = self.groups();
        let mut rows: Vec<Vec<(usize, Cell)>> = Vec::new();
        let mut down: HashMap<usize, (String, i64)> = HashMap::new();
        for row in &self.rows {
            let mut column = 0;
            let mut cells = Vec::new();
            for cell in row {
                let mut cell = cell.clone();
                if cell.text.is_empty()
                    && let Some((label, left)) = down.get_mut(&column).filter(|(_, left)| *left > 0)
                {
                    cell.text.clone_from(label);
                    *left -= 1;
                } else if cell.rows > 1 {
                    down.insert(column, (cell.text.clone(), cell.rows - 1));
                } else {
                    down.remove(&column);
                }
                let from = column;
                column += cell.columns;
                cells.push((from, cell));
            }
            rows.push(cells);
        }
        for at in 0..rows.len() {
            let upwards: Vec<(usize, Cell)> =
                rows[at].iter().filter(|(_, it)| it.rows < 0).cloned().collect();
            for (column, cell) in upwards {
                let from = at.saturating_sub(cell.rows.unsigned_abs() as usize - 1);
                for row in &mut rows[from..at] {
                    let above = row.iter_mut().find(|(it, above)| *it == column && above.text.is_empty());
                    if let Some((_, above)) = above {
                        above.text.clone_from(&cell.text);
                    }
                }
            }
        }
        rows.into_iter().map(|row| self.joined(row, &groups)).collect()
    }

    /// The value that each column belongs to.
    fn groups(&self) -> Vec<usize> {
        let mut group = 0;
        let mut groups = Vec::new();
        for column in &self.columns {
            groups.push(group);
            group += usize::from(column.joined.is_none());
        }
        groups
    }

    fn joined(&self, row: Vec<(usize, Cell)>, groups: &[usize]) -> Vec<GridCell> {
        let group = |column: usize| {
            groups
                .get(column)
                .copied()
                .unwrap_or_else(|| groups.last().map_or(column, |last| last + 1 + column - groups.len()))
        };
        let mut cells: Vec<GridCell> = Vec::new();
        let mut last = None;
        for (column, cell) in row {
            let (first, end) = (group(column), group(column + cell.columns - 1));
            match cells.last_mut().filter(|_| last == Some(first)) {
                Some(before) => {
                    let between = self.columns[column - 1].joined.as_deref().unwrap_or_default();
                    let between = if before.text.is_empty() || cell.text.is_empty() { "" } else { between };
                    before.text.push_str(&format!("{between}{}", cell.text));
                    before.columns += end - first;
                }
                None => cells.push(GridCell { text: cell.text, columns: end - first + 1, rows: 1 }),
            }
            last = Some(end);
        }
        cells
    }
}

/// `\multicolumn{2}{c}{text}`: how many, and the text, where nothing follows it.
fn spanning<'a>(text: &'a str, name: &str, asides: usize) -> Option<(i64, &'a str)> {
    let mut rest = bracketed(text.strip_prefix(name)?.trim_start()).1;
    let (count, after) = group(rest.trim_start())?;
    let count = count.trim().parse().ok()?;
    rest = bracketed(after.trim_start()).1;
    for _ in 0..asides {
        let from = rest.trim_start();
        rest = match group(from) {
            Some((_, rest)) => rest,
            // `\multirow{2}*{text}`
            None => from.strip_prefix(['*', '='])?,
        };
        rest = bracketed(rest.trim_start()).1;
    }
    let (inside, after) = group(rest.trim_start())?;
    after.trim().is_empty().then_some((count, inside))
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && text.chars().all(|c| c.is_ascii_digit() || " .,eE+-()\u{b1}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(environment: &str, inside: &str) -> String {
        table(environment, inside, 0).into_markdown(false)
    }

    #[test]
    fn cells_that_span_several_stand_where_they_reach() {
        let text = r"{lrr}\toprule & \multicolumn{2}{c}{Pairs} \\ \cmidrule(lr){2-3} Site & 2023 & 2024 \\ \midrule
            \multirow{2}{*}{North} & 12 & 13 \\ & 14 & 15 \\ South & \multicolumn{2}{c}{none} \\ \bottomrule";
        insta::assert_snapshot!(written("tabular", text), @r"
        | Site | Pairs 2023 | Pairs 2024 |
        | --- | --- | --- |
        | North | 12 | 13 |
        | North | 14 | 15 |
        | South | none |  |
        ");
    }

    #[test]
    fn columns_set_what_stands_around_and_between_their_cells() {
        let text = r"{l >{\$}r<{\,k} r@{.}l S D{.}{,}{2} >{$}c<{$} @{}}
            Item & \multicolumn{1}{c}{Price} & \multicolumn{2}{c}{Weight} & {Mass} & {Size} & \multicolumn{1}{c}{Area} \\ \hline
            Rope & 12 & 3 & 14 & 1.5e3 & 2.75 & 10^{6} \\
            Bolt \& nut & 4 & 0 & 5 & 7 & 1.5 & x_2 \\";
        insta::assert_snapshot!(written("tabular", text), @r"
        | Item | Price | Weight | Mass | Size | Area |
        | --- | --- | --- | --- | --- | --- |
        | Rope | $12 k | 3.14 | 1.5×10³ | 2,75 | 10⁶ |
        | Bolt & nut | $4 k | 0.5 | 7 | 1,5 | x₂ |
        ");
    }

    #[test]
    fn a_table_over_several_pages_has_one_head() {
        let text = r"{ll}\caption{Fees}\label{t}\\ \hline Berth & Fee \\ \hline \endfirsthead \hline Berth & Fee \\ \endhead
            \multicolumn{2}{r}{goes on} \\ \endfoot \hline Total & 9 \\ \endlastfoot A & 4 \\ B & 5 \\";
        insta::assert_snapshot!(written("longtable", text), @r"
        Fees

        | Berth | Fee |
        | --- | --- |
        | A | 4 |
        | B | 5 |
        | Total | 9 |
        ");
    }

    #[test]
    fn labels_may_reach_upwards_and_lines_may_break() {
        let text = r"{\textwidth}{lX} & \makecell{one\\half} \\ \multirow{-2}{*}{North} & \begin{tabular}{@{}l@{}}two\\third\end{tabular} \\";
        assert_eq!(
            written("tabularx", text),
            "|  |  |\n| --- | --- |\n| North | one half |\n| North | two third |\n"
        );
    }
}
