//! Two rows without rules: what values are called, and the values below, as bills have them at the top.

use super::super::ruled::is_year;
use super::super::sheet::TableBlock;
use super::{LeafRow, MAX_GAP, full_row, text_of};
use docent_domain::table::Table;

/// A label of more words is text.
const LABEL_WORDS: usize = 4;
/// So is such a value.
const VALUE_WORDS: usize = 5;

/// The table that a row of labels makes with the row of values below it.
pub(super) fn table(rows: &[LeafRow], at: usize) -> Option<TableBlock> {
    let (labels, values) = (&rows[at], rows.get(at + 1)?);
    if !is_pair(labels, values) || goes_on(rows, at) {
        return None;
    }
    let line = |row: &LeafRow| {
        let cells = row.pieces.iter().enumerate().map(|(column, piece)| (column, 1, text_of(piece)));
        full_row(cells.collect(), row.pieces.len())
    };
    let columns = labels.pieces.len();
    let table = Table { columns, rows: vec![line(labels), line(values)], header_rows: 1, ..Table::default() };
    let mut rect = labels.rect;
    rect.join(&values.rect);
    let mut edges: Vec<f32> = labels.pieces.iter().map(|piece| piece.rect.left).collect();
    edges.push(rect.right);
    Some(TableBlock { table, rect, columns: edges, is_ruled: false })
}

fn is_pair(labels: &LeafRow, values: &LeafRow) -> bool {
    let count = labels.pieces.len();
    let close = values.rect.top - labels.rect.bottom <= MAX_GAP * labels.size.max(values.size) * 0.5;
    count > 1 && close && are_labels(labels) && stand_below(labels, values) && are_values(values)
}

/// Whether each part of the second row begins below one of the first.
fn stand_below(above: &LeafRow, below: &LeafRow) -> bool {
    let size = above.size.max(below.size);
    let aligned =
        above.pieces.iter().zip(&below.pieces).all(|(a, b)| (a.rect.left - b.rect.left).abs() < size * 0.5);
    above.pieces.len() == below.pieces.len() && aligned
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

fn are_labels(row: &LeafRow) -> bool {
    row.pieces.iter().map(text_of).all(|text| {
        let is_short = text.split_whitespace().count() <= LABEL_WORDS;
        is_short && text.contains(char::is_alphabetic) && !has_digit(&text) && !text.ends_with(':')
    })
}

/// Short, and most of them with figures that are not years alone.
fn are_values(row: &LeafRow) -> bool {
    let texts: Vec<String> = row.pieces.iter().map(text_of).collect();
    let figures = texts.iter().filter(|text| has_digit(text) && !is_year(text)).count();
    let is_short = |text: &String| text.split_whitespace().count() <= VALUE_WORDS;
    texts.iter().all(is_short) && figures * 3 >= texts.len() * 2
}

/// Whether more rows of values follow: then it is a table like others.
fn goes_on(rows: &[LeafRow], at: usize) -> bool {
    let (values, Some(next)) = (&rows[at + 1], rows.get(at + 2)) else { return false };
    if next.pieces.len() < 2 || next.rect.top - values.rect.bottom > MAX_GAP * values.size.max(next.size) {
        return false;
    }
    let is_next_pair = rows.get(at + 3).is_some_and(|after| is_pair(next, after));
    let aligned = next.pieces.iter().filter(|piece| {
        let overlap = |other: &&super::Piece| {
            piece.rect.right.min(other.rect.right) > piece.rect.left.max(other.rect.left)
        };
        values.pieces.iter().any(|other| overlap(&other))
    });
    !is_next_pair && aligned.count() > 1
}

#[cfg(test)]
mod tests {
    use super::super::super::sheet::Block;
    use super::super::tests::found;

    #[test]
    fn labels_above_their_values_are_a_table() {
        let bill = [
            ("Account no.", 0.0, 10.0),
            ("Bill date", 120.0, 10.0),
            ("Amount due", 240.0, 10.0),
            ("88-2041", 0.0, 24.0),
            ("5 March 2024", 120.0, 24.0),
            ("142.20", 240.0, 24.0),
        ];
        let blocks = found(&[&bill[..], &[("Electricity for the pump house.", 0.0, 60.0)]].concat());
        let [Block::Table(table), Block::Lines(_)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(
            table.table.markdown(),
            "| Account no. | Bill date | Amount due |\n| --- | --- | --- |\n| 88-2041 | 5 March 2024 | 142.20 |\n"
        );
        let more = [("90-1177", 0.0, 36.0), ("7 March 2024", 120.0, 36.0), ("98.00", 240.0, 36.0)];
        let blocks = found(&[&bill[..], &more].concat());
        let [Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(table.table.rows.len(), 3);
        let names =
            [("Oline Dahl", 0.0, 10.0), ("Jon Vik", 120.0, 10.0), ("Quay", 0.0, 24.0), ("Pier", 120.0, 24.0)];
        assert!(
            found(&names).iter().all(|block| matches!(block, Block::Lines(_))),
            "words below words are none"
        );
    }
}
