//! AsciiDoc: tables, with cells that span several.

use super::compose::one_line;
use super::grid::{Grid, GridCell};

/// The most columns a table has.
const MAX_COLUMNS: usize = 200;
/// The most times that a cell is written with one mark.
const MAX_REPEATS: usize = 200;

#[derive(Debug, Clone, Default, PartialEq)]
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
    is_code: bool,
    /// The line on which it begins.
    line: usize,
}

/// The table between its delimiters, with the attributes that stand above it. `shown` is how its words are read.
pub(super) fn table(
    delimiter: &str,
    attributes: &str,
    lines: &[&str],
    shown: impl Fn(&str) -> String,
) -> Grid {
    let separator = match delimiter.chars().next() {
        Some(',') => ',',
        Some(':') => ':',
        Some('!') => '!',
        _ => value(attributes, "separator").and_then(|it| it.chars().next()).unwrap_or('|'),
    };
    let format = value(attributes, "format").unwrap_or_default();
    let cells = match (separator, format) {
        (',', _) | (_, "csv") => separated(lines, ','),
        (':', _) | (_, "dsv") => separated(lines, ':'),
        _ if format == "tsv" => separated(lines, '\t'),
        _ => cells(&lines.join("\n"), separator),
    };
    let columns = value(attributes, "cols").map(columns_of).filter(|it| *it > 0).unwrap_or_else(|| {
        let first = cells.first().map(|it| it.line);
        cells.iter().take_while(|it| Some(it.line) == first).map(|it| it.columns).sum()
    });
    let columns = columns.clamp(1, MAX_COLUMNS);
    let first_row_is_apart = lines.first().is_some_and(|it| !it.trim().is_empty())
        && lines.get(1).is_some_and(|it| it.trim().is_empty())
        && cells.iter().take_while(|it| it.line == 0).map(|it| it.columns).sum::<usize>() == columns;
    let options = format!(
        "{} {attributes}",
        value(attributes, "options").or_else(|| value(attributes, "opts")).unwrap_or_default()
    );
    let headed = !options.contains("noheader") && (options.contains("header") || first_row_is_apart);
    let mut grid = Grid::default();
    for (at, row) in rows(cells, columns).into_iter().enumerate() {
        let row = row.into_iter().map(|it| GridCell {
            text: if it.is_code { one_line(&it.text) } else { one_line(&shown(&it.text)) },
            columns: it.columns,
            rows: it.rows,
        });
        grid.row(row.collect(), headed && at == 0);
    }
    grid
}

/// The value of an attribute: `cols="1,2"`, `format=csv`.
pub(super) fn value<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let at = attributes.match_indices(name).map(|(at, _)| at).find(|at| {
        !attributes[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '-')
            && attributes[at + name.len()..].trim_start().starts_with('=')
    })?;
    let after = attributes[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    match after.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => after.split([',', ']']).next().map(str::trim),
    }
}

/// How many columns `1,2,3`, `3*` or `2*,1` are.
fn columns_of(spec: &str) -> usize {
    let parts = spec.split([',', ';']).filter(|_| !spec.trim().is_empty());
    parts.map(|it| it.split_once('*').and_then(|(count, _)| count.trim().parse().ok()).unwrap_or(1)).sum()
}

/// Cells up to the end of each row, with room kept for those that reach down from above.
fn rows(cells: Vec<Cell>, columns: usize) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    // How many rows each column is still taken.
    let mut taken = vec![0usize; columns];
    let mut column = 0;
    for cell in cells {
        while taken.get(column).is_some_and(|it| *it > 0) {
            taken[column] -= 1;
            column += 1;
        }
        let end = (column + cell.columns).min(columns);
        for it in &mut taken[column.min(columns)..end] {
            *it = cell.rows.saturating_sub(1);
        }
        column = end;
        row.push(cell);
        let mut ahead = column;
        while taken.get(ahead).is_some_and(|it| *it > 0) {
            ahead += 1;
        }
        if ahead >= columns {
            for it in taken.iter_mut().skip(column) {
                *it = it.saturating_sub(1);
            }
            rows.push(std::mem::take(&mut row));
            column = 0;
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// The cells of a table, each behind its separator.
fn cells(text: &str, separator: char) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut repeats = 1;
    let mut rest = text;
    let mut line = 0;
    let mut open = false;
    loop {
        let Some((before, spec, after)) = next_cell(rest, separator) else {
            finish(&mut cells, rest, open, repeats);
            return cells;
        };
        finish(&mut cells, before, open, repeats);
        line += rest[..rest.len() - after.len()].matches('\n').count();
        repeats = spec.repeats;
        cells.push(Cell {
            line,
            columns: spec.columns,
            rows: spec.rows,
            is_code: spec.is_code,
            ..Cell::default()
        });
        open = true;
        rest = after;
    }
}

fn finish(cells: &mut Vec<Cell>, text: &str, open: bool, repeats: usize) {
    let Some(cell) = cells.last_mut().filter(|_| open) else { return };
    cell.text = text.trim().replace("\\|", "|");
    let copy = cell.clone();
    cells.extend(std::iter::repeat_n(copy, repeats.clamp(1, MAX_REPEATS) - 1));
}

#[derive(Debug, Clone, PartialEq)]
struct Spec {
    columns: usize,
    rows: usize,
    repeats: usize,
    is_code: bool,
}

/// What stands before the next separator, what it says of its cell, and what follows.
fn next_cell(text: &str, separator: char) -> Option<(&str, Spec, &str)> {
    let mut from = 0;
    loop {
        let at = text[from..].find(separator)? + from;
        let after = &text[at + separator.len_utf8()..];
        let before = &text[..at];
        if before.ends_with('\\') {
            from = at + separator.len_utf8();
            continue;
        }
        let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && !".*+<^>".contains(c));
        let start = start.map_or(0, |it| it + before[it..].chars().next().map_or(1, char::len_utf8));
        let stands_apart = before[..start].is_empty() || before[..start].ends_with(char::is_whitespace);
        let spec = spec(&before[start..]).filter(|_| stands_apart);
        let plain = Spec { columns: 1, rows: 1, repeats: 1, is_code: false };
        return Some(match spec {
            Some(spec) => (&text[..start], spec, after),
            None => (before, plain, after),
        });
    }
}

/// `2+`, `.3+`, `2.3+^.>s`, `3*`, `a`.
fn spec(text: &str) -> Option<Spec> {
    let mut spec = Spec { columns: 1, rows: 1, repeats: 1, is_code: false };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let mut rest = text;
    if let Some(sign) = text[end..].chars().next().filter(|it| matches!(it, '+' | '*') && end > 0) {
        let (columns, rows) = text[..end].split_once('.').unwrap_or((&text[..end], ""));
        let number =
            |it: &str| if it.is_empty() { Some(1) } else { it.parse::<usize>().ok().filter(|it| *it > 0) };
        if sign == '*' {
            spec.repeats = number(columns)?;
        } else {
            (spec.columns, spec.rows) = (number(columns)?, number(rows)?);
        }
        rest = &text[end + 1..];
    }
    rest = rest.trim_start_matches(['<', '^', '>', '.']);
    let style = rest.chars().next();
    if !matches!(rest, "" | "a" | "d" | "e" | "h" | "l" | "m" | "s" | "v") {
        return None;
    }
    spec.is_code = matches!(style, Some('l' | 'v'));
    Some(spec)
}

/// Cells of a table that is written as a file with separators.
fn separated(lines: &[&str], separator: char) -> Vec<Cell> {
    let text = lines.join("\n");
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .trim(::csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok).enumerate();
    let cells = rows.flat_map(|(line, row)| {
        let cells: Vec<Cell> = row
            .iter()
            .map(|it| Cell { text: it.to_owned(), columns: 1, rows: 1, is_code: false, line })
            .collect();
        cells
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(attributes: &str, text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let delimiter = if attributes.contains("csv") { ",===" } else { "|===" };
        table(delimiter, attributes, &lines, str::to_owned).into_markdown(false)
    }

    #[test]
    fn cells_that_span_several_stand_where_they_reach() {
        insta::assert_snapshot!(written("cols=\"1,1,1\"", "|Site 2+|Pairs\n\n.2+|North |12 |13\n|14\n|15\n|South 2+^.>s|none"), @r"
        | Site | Pairs | Pairs |
        | --- | --- | --- |
        | North | 12 | 13 |
        | North | 14 | 15 |
        | South | none |  |
        ");
    }

    #[test]
    fn rows_are_as_long_as_the_first_line_or_as_it_is_said() {
        assert_eq!(
            written("%header", "|Berth |Fee\n\n|A\n|5 \\| 6\n\n2*|B"),
            "| Berth | Fee |\n| --- | --- |\n| A | 5 \\| 6 |\n| B | B |\n"
        );
        assert_eq!(
            written("cols=2*,options=\"header\"", "|Berth\n|Fee\n|A\n|5"),
            "| Berth | Fee |\n| --- | --- |\n| A | 5 |\n"
        );
        assert_eq!(
            written("%header,format=csv", "Berth,Fee\nA,\"5, or 6\""),
            "| Berth | Fee |\n| --- | --- |\n| A | 5, or 6 |\n"
        );
    }

    #[test]
    fn words_before_a_separator_are_no_mark() {
        let cells = cells("|see a |b 2+|c", '|');
        let texts: Vec<&str> = cells.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["see a", "b", "c"]);
        assert_eq!(cells[2].columns, 2);
    }
}
