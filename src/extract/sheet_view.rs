//! What a sheet holds and does not show: rows and columns that are hidden or filtered out, and white text on white.
//!
//! Hidden rows and columns are data: a filter or a folded group hides them for a while, and other cells count with them.
//! They are read, and the sheet says that they are there, as it does of a hidden sheet. White text on white is not
//! meant to be read and is kept apart.

use super::spans::Region;
use std::collections::BTreeSet;

/// What is hidden in one sheet.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    rows: BTreeSet<u32>,
    /// First and last.
    columns: Vec<(u32, u32)>,
    /// Cells that may have a colour of their own behind them: tables with a style, and formats with conditions.
    coloured: Vec<Region>,
    /// Rows and columns among the hidden that hold something.
    held_rows: BTreeSet<u32>,
    held_columns: BTreeSet<u32>,
    /// Characters in white on white.
    pub white: usize,
}

/// More columns than this are not named.
const MAX_NAMED: usize = 8;

impl Hidden {
    pub(super) fn row(&mut self, row: u32) {
        self.rows.insert(row);
    }

    pub(super) fn columns(&mut self, first: u32, last: u32) {
        self.columns.push((first, last));
    }

    pub(super) fn coloured(&mut self, region: Region) {
        self.coloured.push(region);
    }

    /// Notes that a cell holds something.
    pub(super) fn holds(&mut self, row: u32, column: u32) {
        if self.rows.contains(&row) {
            self.held_rows.insert(row);
        }
        if self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column)) {
            self.held_columns.insert(column);
        }
    }

    /// Whether a colour of its own may lie behind a cell, whatever its style says.
    pub(super) fn is_coloured(&self, row: u32, column: u32) -> bool {
        let holds = |it: &Region| {
            (it.row..=it.last_row).contains(&row) && (it.column..=it.last_column).contains(&column)
        };
        self.coloured.iter().any(holds)
    }

    pub(super) fn hide(&mut self, text: &str) {
        self.white += text.chars().filter(|it| !it.is_whitespace()).count();
    }

    /// What to say of the hidden rows and columns that hold something.
    pub(super) fn note(&self, sheet: &str) -> Option<String> {
        let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let rows = self.held_rows.len();
        let columns = self.held_columns.len();
        let names: Vec<String> =
            self.held_columns.iter().take(MAX_NAMED).map(|it| column_name(*it)).collect();
        let named = if columns > MAX_NAMED { String::new() } else { format!(" ({})", names.join(", ")) };
        let columns_said = format!("{}{named}", plural(columns, "column"));
        let what = match (rows, columns) {
            (0, 0) => return None,
            (rows, 0) => plural(rows, "row"),
            (0, _) => columns_said,
            (rows, _) => format!("{} and {columns_said}", plural(rows, "row")),
        };
        let are = if rows + columns == 1 { "is" } else { "are" };
        Some(format!("{what} of the sheet `{sheet}` {are} hidden in the file"))
    }

    /// Reads what an XML sheet says of its rows, columns and formats.
    pub(super) fn read_sheet(&mut self, sheet: &[u8]) {
        let mut next_row = 0;
        for tag in tags(sheet) {
            match tag.name {
                b"row" => {
                    let row = tag.number("r").map_or(next_row, |it| it.saturating_sub(1));
                    next_row = row.saturating_add(1);
                    if tag.is_on("hidden") {
                        self.row(row);
                    }
                }
                b"col" if tag.is_on("hidden") => {
                    if let (Some(first), Some(last)) = (tag.number("min"), tag.number("max")) {
                        self.columns(first.saturating_sub(1), last.saturating_sub(1));
                    }
                }
                b"conditionalFormatting" => {
                    let ranges = tag.attribute("sqref").unwrap_or_default();
                    ranges.split_whitespace().filter_map(region).for_each(|it| self.coloured(it));
                }
                _ => {}
            }
        }
    }
}

/// The cells of an XML sheet: row and column, type, and what stands in them.
pub(super) fn cells<'a>(sheet: &'a str, mut each: impl FnMut((u32, u32), &str, &'a str)) {
    let (mut next_row, mut next_column) = (0, 0);
    for tag in tags(sheet.as_bytes()) {
        match tag.name {
            b"row" => {
                next_row = tag.number("r").unwrap_or(next_row + 1);
                next_column = 0;
            }
            b"c" => {
                let own = tag.attribute("r").and_then(place);
                let (column, row) = own.unwrap_or((next_column, next_row.saturating_sub(1)));
                next_column = column.saturating_add(1);
                let rest = &sheet[sheet.len() - tag.rest.len()..];
                let Some((_, inside)) = rest.split_once('>').filter(|(it, _)| !it.ends_with('/')) else {
                    continue;
                };
                let end = inside.find("</c>").or_else(|| inside.find(":c>")).unwrap_or(inside.len());
                let inside = &inside[..end];
                let inside = if inside.ends_with('>') {
                    inside
                } else {
                    inside.rsplit_once("</").map_or(inside, |it| it.0)
                };
                each((row, column), tag.attribute("t").unwrap_or("n"), inside);
            }
            _ => {}
        }
    }
}

/// What to say about cells whose result the file does not hold.
pub(super) fn no_value(cells: usize) -> String {
    format!(
        "{cells} cells hold formulas without a stored result; open the file in its program and save it again"
    )
}

/// "B2:D9", or "B2".
pub(super) fn region(range: &str) -> Option<Region> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((column, row), (last_column, last_row)) = (place(first)?, place(last)?);
    Some(Region { row, column, last_row, last_column })
}

fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(at);
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter
            .is_ascii_uppercase()
            .then(|| column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1))?
    })?;
    Some((column.checked_sub(1)?, row.parse::<u32>().ok()?.checked_sub(1)?))
}

fn column_name(column: u32) -> String {
    let mut left = column.saturating_add(1);
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// The start of an element: its name without a prefix, and what stands behind it.
struct Tag<'a> {
    name: &'a [u8],
    rest: &'a [u8],
}

fn tags(xml: &[u8]) -> impl Iterator<Item = Tag<'_>> {
    let starts = xml.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at + 1);
    starts.filter_map(|start| {
        let rest = xml.get(start..)?;
        let length = rest.iter().position(|it| matches!(it, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t'))?;
        let name = rest[..length].rsplit(|it| *it == b':').next()?;
        Some(Tag { name, rest: &rest[length..] })
    })
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<&str> {
        let end = self.rest.iter().position(|it| *it == b'>')?;
        let inside = std::str::from_utf8(&self.rest[..end]).ok()?;
        let at = inside.find(&format!(" {wanted}="))? + wanted.len() + 2;
        let value = inside[at..].strip_prefix(['"', '\''])?;
        value.split(['"', '\'']).next()
    }

    fn number(&self, wanted: &str) -> Option<u32> {
        self.attribute(wanted)?.parse().ok()
    }

    fn is_on(&self, wanted: &str) -> bool {
        matches!(self.attribute(wanted), Some("1" | "true"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_that_hold_something_are_said() {
        let sheet = br#"<x:worksheet><cols><col min="2" max="3" hidden="1"/><col min="9" max="9" hidden="true"/></cols><sheetData>
            <row r="1"/><row hidden="1"><c r="A2"/></row><row r="5" hidden="1"/><row r="6" hidden="0"/></sheetData>
            <conditionalFormatting sqref="A1:B2 AA7"/></x:worksheet>"#;
        let mut hidden = Hidden::default();
        hidden.read_sheet(sheet);
        assert_eq!(hidden.note("Prices"), None, "nothing stands there");
        [(0, 0), (1, 0), (1, 2), (5, 0)].iter().for_each(|(row, column)| hidden.holds(*row, *column));
        assert_eq!(
            hidden.note("Prices").as_deref(),
            Some("1 row and 1 column (C) of the sheet `Prices` are hidden in the file")
        );
        assert!(hidden.is_coloured(1, 1) && hidden.is_coloured(6, 26) && !hidden.is_coloured(2, 1));
        assert_eq!(
            (column_name(25), column_name(26), column_name(701)),
            ("Z".into(), "AA".into(), "ZZ".into())
        );
    }
}
