//! What a page break cuts: tables and sentences.

use super::compose::Composed;
use super::sheet::{Block, Laid, TableBlock};
use docent_domain::table::Table;

/// Points by which the columns of one table may differ from page to page.
const SAME_COLUMN: f32 = 8.0;
/// The end of a sentence that is brought back over a page break is no longer than this.
const MAX_REST: usize = 600;

/// Whether the first block of a page goes on with the table that ends the page before.
pub fn goes_on(before: &TableBlock, next: &Laid) -> bool {
    matches!(next.blocks.first(), Some(Block::Table(second)) if same_columns(before, second))
}

/// Gives the part of a table that stands overleaf the header of its beginning.
pub fn continue_table(before: &TableBlock, next: &mut TableBlock) {
    let first = &before.table;
    if first.header_rows == 0 {
        next.table.header_rows = 0;
    } else if !repeats(first, &next.table) {
        let header = first.rows[..first.header_rows.min(first.rows.len())].to_vec();
        next.table.header_rows = header.len();
        next.table.rows.splice(0..0, header);
    }
}

/// Whether the header stands there again, whatever was taken for it.
fn repeats(first: &Table, second: &Table) -> bool {
    let texts = |table: &Table| -> Vec<String> {
        table.rows.iter().take(first.header_rows).flatten().map(|cell| cell.text.to_lowercase()).collect()
    };
    second.header_rows == first.header_rows && texts(first) == texts(second)
}

fn same_columns(first: &TableBlock, second: &TableBlock) -> bool {
    if first.table.columns != second.table.columns || first.is_ruled != second.is_ruled {
        return false;
    }
    // Columns without rules are as wide as their texts.
    let edges = |block: &TableBlock| block.columns.clone();
    let near = |(a, b): (f32, f32)| (a - b).abs() <= SAME_COLUMN;
    let (a, b) = (edges(first), edges(second));
    let alike = a.iter().copied().zip(b.iter().copied()).filter(|pair| near(*pair)).count();
    if first.is_ruled { alike == a.len() } else { alike * 2 >= a.len() }
}

/// Adds the rows of `more`, which stands on a later page; a header that is repeated there is left out.
pub fn append(table: &mut Table, more: Table) {
    let skip = if repeats(table, &more) { more.header_rows } else { 0 };
    table.last_page = table.last_page.max(more.last_page);
    table.rows.extend(more.rows.into_iter().skip(skip));
}

/// Brings the end of a sentence that a page break cuts back to its beginning. Gives back how many bytes of the next
/// text have gone.
pub fn take_rest(page: &mut Composed, next: &mut Composed) -> usize {
    if !page.is_open || next.text.is_empty() {
        return 0;
    }
    let first = next.text.lines().next().unwrap_or_default();
    let starts = first.chars().next().is_some_and(|c| c.is_lowercase());
    if !starts || first.starts_with('|') {
        return 0;
    }
    let Some(end) = sentence_end(first) else { return 0 };
    let rest = next.text[..end].trim_end().to_owned();
    if page.text.ends_with('-') {
        page.text.pop();
    } else {
        page.text.push(' ');
    }
    page.text.push_str(&rest);
    page.is_open = false;
    let gone = end + next.text[end..].len() - next.text[end..].trim_start().len();
    next.text.drain(..gone);
    for cell in next.tables.iter_mut().flat_map(|table| table.rows.iter_mut().flatten()) {
        if let Some(place) = &mut cell.place {
            place.start = place.start.saturating_sub(gone);
            place.end = place.end.saturating_sub(gone);
        }
    }
    gone
}

/// Where the first sentence of a line ends.
fn sentence_end(line: &str) -> Option<usize> {
    let limit = line.floor_char_boundary(MAX_REST);
    let mut chars = line[..limit].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '.' | '!' | '?' | '。');
        let next = chars.peek().map(|(_, next)| *next);
        if ends && next.is_none_or(|next| next.is_whitespace()) {
            return Some(at + c.len_utf8());
        }
    }
    (line.len() <= limit).then_some(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::table::Cell;

    #[test]
    fn a_sentence_is_whole_on_the_page_where_it_begins() {
        let page = |text: &str, is_open| Composed { text: text.to_owned(), is_open, ..Composed::default() };
        let mut first = page("The warranty covers a span of", true);
        let mut second = page("thirty-nine months from the day. The boiler is swept.\nMore.", false);
        let gone = take_rest(&mut first, &mut second);
        assert_eq!(first.text, "The warranty covers a span of thirty-nine months from the day.");
        assert_eq!(second.text, "The boiler is swept.\nMore.");
        assert_eq!(gone, 33);
        let mut closed = page("It ends here.", false);
        assert_eq!(take_rest(&mut closed, &mut page("and this is another", false)), 0);
    }

    #[test]
    fn a_repeated_header_is_left_out() {
        let table = |row: &str| Table {
            columns: 1,
            header_rows: 1,
            rows: vec![vec![Cell::new(0, "Name")], vec![Cell::new(0, row)]],
            ..Table::default()
        };
        let mut first = table("a");
        append(&mut first, table("b"));
        let rows: Vec<&str> = first.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(rows, ["Name", "a", "b"]);
    }
}
