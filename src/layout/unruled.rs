//! Tables without rules: rows whose parts stand under each other.

use super::order::Piece;
use super::ruled::{header_rows, is_amount, is_form, is_year};
use super::sheet::{Block, Line, Rect, TableBlock};
use super::words::{self, Word};
use docent_domain::table::{Cell, Table};

/// A table has at least so many rows of several parts.
const MIN_ROWS: usize = 3;
/// Rows further apart than this, in ems, belong to two tables.
const MAX_GAP: f32 = 2.6;
/// Under the names of years or quarters one row is enough.
const MIN_ROWS_OF_PERIODS: usize = 2;
/// Letters so many times as large as those below are a title's.
const LARGER: f32 = 1.3;
/// So many rows of one part may stand between rows of several.
const MAX_SINGLE: usize = 2;

#[path = "unruled_pairs.rs"]
mod pairs;
#[path = "unruled_signs.rs"]
mod signs;

struct LeafRow {
    pieces: Vec<Piece>,
    rect: Rect,
    size: f32,
}

/// Lines and tables, from the top down.
pub(crate) fn blocks(pieces: Vec<Piece>, rules: &[Rect]) -> Vec<Block> {
    let rows = rows(pieces);
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if let Some(table) = pairs::table(&rows, at) {
            out.push(Block::Table(table));
            at += 2;
            continue;
        }
        let end = zone(&rows, at);
        if end > at + 1
            && let Some(table) = table(&rows[at..end], rules)
        {
            out.push(Block::Table(table));
            at = end;
            continue;
        }
        let line = as_line(&rows[at]);
        match out.last_mut() {
            Some(Block::Lines(lines)) => lines.push(line),
            _ => out.push(Block::Lines(vec![line])),
        }
        at += 1;
    }
    out
}

fn rows(mut pieces: Vec<Piece>) -> Vec<LeafRow> {
    pieces.sort_by(|a, b| a.row.cmp(&b.row).then(a.rect.left.total_cmp(&b.rect.left)));
    let mut out: Vec<LeafRow> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(row) if row.pieces[0].row == piece.row => {
                row.rect.join(&piece.rect);
                row.size = row.size.max(piece.size);
                row.pieces.push(piece);
            }
            _ => out.push(LeafRow { rect: piece.rect, size: piece.size, pieces: vec![piece] }),
        }
    }
    out
}

fn as_line(row: &LeafRow) -> Line {
    let words: Vec<Word> = row.pieces.iter().flat_map(|piece| piece.words.iter().cloned()).collect();
    words::line(&words, row.rect, row.pieces.len() > 1)
}

/// The rows from `start` on that may be one table: the end of them.
fn zone(rows: &[LeafRow], start: usize) -> usize {
    if rows[start].pieces.len() < 2 && !is_spanning_head(rows, start) || is_page_head(rows, start) {
        return start;
    }
    let (mut end, mut single) = (start + 1, 0);
    let mut has_amounts = false;
    // Where the second column begins, as far as is known: a long label does not reach it.
    let second = |row: &LeafRow| row.pieces.get(1).map_or(f32::MAX, |piece| piece.rect.left);
    let mut columns = second(&rows[start]);
    for at in start + 1..rows.len() {
        let (row, before) = (&rows[at], &rows[at - 1]);
        if row.rect.top - before.rect.bottom > MAX_GAP * row.size.max(before.size) {
            break;
        }
        if row.pieces.len() > 1 {
            if has_amounts && names_periods(row) {
                // The years above another table.
                break;
            }
            has_amounts |= row.pieces.iter().any(|piece| is_amount(&text_of(piece)));
            single = 0;
            end = at + 1;
            columns = columns.min(second(row));
            continue;
        }
        single += 1;
        if single > MAX_SINGLE || is_prose(&row.pieces[0]) && row.rect.right > columns {
            break;
        }
    }
    end
}

/// Years or quarters alone, at most with a name before them.
fn names_periods(row: &LeafRow) -> bool {
    let is_period = |piece: &Piece| {
        let text = text_of(piece);
        is_year(&text) || matches!(text.trim().to_uppercase().as_str(), "Q1" | "Q2" | "Q3" | "Q4")
    };
    let periods = row.pieces.iter().filter(|piece| is_period(piece)).count();
    periods >= 2 && row.pieces.iter().skip(1).all(is_period)
}

/// A row at the left edge above titles, before a row of other parts: what stands at the head of each page.
fn is_page_head(rows: &[LeafRow], at: usize) -> bool {
    let row = &rows[at];
    let titles = rows[at + 1..].iter().take_while(|below| below.pieces.len() == 1).count();
    let Some(next) = rows.get(at + 1 + titles).filter(|_| titles >= 2 && row.pieces.len() > 1) else {
        return false;
    };
    let left = |other: &LeafRow| (other.rect.left - row.rect.left).abs() < row.size;
    let other_parts = next.pieces.len() > row.pieces.len() || names_periods(next);
    other_parts && !names_periods(row) && rows[at + 1..=at + titles].iter().all(left)
}

fn text_of(piece: &Piece) -> String {
    words::line(&piece.words, piece.rect, true).text
}

/// A short line over the columns of the rows below, to the right of the first.
fn is_spanning_head(rows: &[LeafRow], at: usize) -> bool {
    let (row, Some(next)) = (&rows[at], rows.get(at + 1)) else { return false };
    // A title in larger letters is none.
    let is_larger = row.size > next.size * LARGER;
    next.pieces.len() > 1
        && !is_larger
        && !is_prose(&row.pieces[0])
        && row.rect.left > next.rect.left + row.size * 4.0
}

fn is_prose(piece: &Piece) -> bool {
    piece.words.len() > 8 && piece.words.iter().map(|word| word.text.len() + 1).sum::<usize>() > 60
}

fn table(rows: &[LeafRow], rules: &[Rect]) -> Option<TableBlock> {
    let several = rows.iter().filter(|row| row.pieces.len() > 1).count();
    let of_periods = names_periods(&rows[0]);
    if several < if of_periods { MIN_ROWS_OF_PERIODS } else { MIN_ROWS } {
        return None;
    }
    let columns = columns(rows, several);
    if columns.len() < 2 {
        return None;
    }
    let mut lines: Vec<Vec<(usize, usize, String)>> = rows.iter().map(|row| cells(row, &columns)).collect();
    let (mut lines, columns) = signs::without_columns(&mut lines, columns);
    if columns.len() < 2 || !is_table(&lines, columns.len()) {
        return None;
    }
    join_bands(&mut lines, rows, rules);
    join_wrapped(&mut lines, rows);
    let count = columns.len();
    let table_rows = lines.into_iter().filter(|line| !line.is_empty()).map(|line| full_row(line, count));
    let mut table = Table { columns: count, rows: table_rows.collect(), ..Table::default() };
    if !is_form(&table) {
        table.header_rows = leading_names(&table).unwrap_or_else(|| header_rows(&table));
    }
    fold_header(&mut table);
    let mut rect = rows[0].rect;
    rows.iter().for_each(|row| rect.join(&row.rect));
    let mut edges: Vec<f32> = columns.iter().map(|column| column.0).collect();
    edges.push(rect.right);
    Some(TableBlock { table, rect, columns: edges, is_ruled: false })
}

/// The columns: where few rows have a gap, there is none.
fn columns(rows: &[LeafRow], several: usize) -> Vec<(f32, f32)> {
    let multi = || rows.iter().filter(|row| row.pieces.len() > 1);
    let mut edges: Vec<(f32, i32)> = Vec::new();
    for piece in multi().flat_map(|row| &row.pieces) {
        edges.push((piece.rect.left, 1));
        edges.push((piece.rect.right, -1));
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    // A few rows may reach over several columns.
    let tolerated = i32::try_from(several * 3 / 20).unwrap_or(0).max(i32::from(several >= 5));
    let size = rows.iter().map(|row| row.size).fold(f32::MAX, f32::min).min(20.0);
    let mut out: Vec<(f32, f32)> = Vec::new();
    let (mut depth, mut start) = (0, None);
    for (x, step) in edges {
        depth += step;
        match start {
            None if depth > tolerated => start = Some(x),
            Some(from) if depth <= tolerated => {
                match out.last_mut() {
                    Some(last) if from - last.1 < size * 0.35 => last.1 = x,
                    _ => out.push((from, x)),
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The parts of a row: first column, columns spanned, text.
fn cells(row: &LeafRow, columns: &[(f32, f32)]) -> Vec<(usize, usize, String)> {
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    for piece in &row.pieces {
        let text = words::line(&piece.words, piece.rect, true).text;
        let overlap = |column: &(f32, f32)| piece.rect.right.min(column.1) - piece.rect.left.max(column.0);
        let enough =
            |column: &&(f32, f32)| overlap(column) > (column.1 - column.0).min(piece.rect.width()) * 0.5;
        let first = columns
            .iter()
            .position(|column| enough(&column))
            .unwrap_or_else(|| nearest(columns, &piece.rect));
        let span = columns[first..].iter().take_while(enough).count().max(1);
        match out.last_mut() {
            Some((column, width, before)) if *column + *width > first => {
                before.push(' ');
                before.push_str(&text);
            }
            _ => out.push((first, span, text)),
        }
    }
    out
}

fn nearest(columns: &[(f32, f32)], rect: &Rect) -> usize {
    let middle = (rect.left + rect.right) * 0.5;
    let away = |column: &(f32, f32)| (column.0 - middle).max(middle - column.1).max(0.0);
    let best = columns.iter().enumerate().min_by(|a, b| away(a.1).total_cmp(&away(b.1)));
    best.map_or(0, |(at, _)| at)
}

type Lines = Vec<Vec<(usize, usize, String)>>;

/// Whether it is more than labels and values, or text that happens to have gaps.
fn is_table(lines: &Lines, columns: usize) -> bool {
    let several: Vec<_> = lines.iter().filter(|line| line.len() > 1).collect();
    let cells = several.iter().map(|line| line.len()).sum::<usize>();
    let filled = cells as f32 / (several.len() * columns) as f32;
    let others = || several.iter().flat_map(|line| line.iter()).filter(|(column, ..)| *column > 0);
    let amounts = others().filter(|(_, _, text)| is_amount(text)).count();
    let count = others().count().max(1);
    let long = others().filter(|(_, _, text)| text.chars().count() > 60).count();
    if columns == 2 {
        return several.len() >= MIN_ROWS && amounts * 10 >= count * 7;
    }
    if long * 4 >= count || filled < 0.5 {
        return false;
    }
    // Without numbers, only what is full of cells is a table, and not text that happens to have gaps.
    let whole = lines.iter().filter(|line| line.len() * 4 >= columns * 3).count();
    amounts * 4 >= count || whole * 4 >= lines.len() * 3
}

/// Rows between two rules over the whole width are one row.
fn join_bands(lines: &mut Lines, rows: &[LeafRow], rules: &[Rect]) {
    let mut rect = rows[0].rect;
    rows.iter().for_each(|row| rect.join(&row.rect));
    let wide = |rule: &&Rect| {
        rule.right.min(rect.right) - rule.left.max(rect.left) > rect.width() * 0.85 && rule.height() < 4.0
    };
    let mut places: Vec<f32> = joined_across(rules).iter().filter(wide).map(|rule| rule.top).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let band =
        |row: &LeafRow| places.partition_point(|place| *place < (row.rect.top + row.rect.bottom) * 0.5);
    let bands: Vec<usize> = rows.iter().map(band).collect();
    let mut distinct = bands.clone();
    distinct.dedup();
    if distinct.len() < 3 || distinct.len() == rows.len() {
        return;
    }
    for at in (1..lines.len()).rev() {
        if bands[at] != bands[at - 1] {
            continue;
        }
        let clash = lines[at].iter().any(|(column, _, text)| {
            let above = lines[at - 1].iter().find(|(other, ..)| other == column);
            is_amount(text) && above.is_some_and(|(_, _, text)| is_amount(text))
        });
        if clash {
            continue;
        }
        let moved = std::mem::take(&mut lines[at]);
        for (column, span, text) in moved {
            match lines[at - 1].iter_mut().find(|(other, ..)| *other == column) {
                Some(cell) => {
                    cell.2.push('\n');
                    cell.2.push_str(&text);
                }
                None => lines[at - 1].push((column, span, text)),
            }
        }
        lines[at - 1].sort_by_key(|(column, ..)| *column);
    }
}

/// Rules on one line as one: each cell may have drawn its own.
fn joined_across(rules: &[Rect]) -> Vec<Rect> {
    let mut flat: Vec<Rect> =
        rules.iter().filter(|rule| rule.width() > rule.height() * 2.0).copied().collect();
    flat.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut out: Vec<Rect> = Vec::new();
    for rule in flat {
        let line = out.iter_mut().rev().take(40).find(|last| {
            (last.top - rule.top).abs() < 1.0
                && rule.left <= last.right + 3.0
                && rule.right >= last.left - 3.0
        });
        match line {
            Some(last) => last.join(&rule),
            None => out.push(rule),
        }
    }
    out
}

/// Header cells that stand over several columns, or beside several rows, do so as cells.
fn fold_header(table: &mut Table) {
    let has_text =
        |row: &[Cell], column: usize| row.iter().any(|cell| cell.column == column && !cell.text.is_empty());
    // A name in the middle of the header's height, on a line of its own.
    let mut at = 0;
    while table.header_rows > 1 && at < table.header_rows {
        let row = &table.rows[at];
        let only: Vec<usize> = (0..table.columns).filter(|column| has_text(row, *column)).collect();
        let other = if at == 0 { 1 } else { 0 };
        if only == [0] && !has_text(&table.rows[other], 0) {
            let text = table.rows[at].iter().find(|cell| cell.column == 0).map(|cell| cell.text.clone());
            if let (Some(text), Some(cell)) =
                (text, table.rows[other].iter_mut().find(|cell| cell.column == 0))
            {
                cell.text = text;
            }
            table.rows.remove(at);
            table.header_rows -= 1;
        } else {
            at += 1;
        }
    }
    for at in 0..table.header_rows.saturating_sub(1) {
        let below: Vec<bool> = (0..table.columns)
            .map(|column| table.rows[at + 1..table.header_rows].iter().any(|row| has_text(row, column)))
            .collect();
        table.rows[at] = widened(&table.rows[at], &below);
    }
    // What names its column in the first row alone stands beside the rows below.
    let deep = table.header_rows;
    if deep > 1 && has_text(&table.rows[0], 0) && !(1..deep).any(|at| has_text(&table.rows[at], 0)) {
        for row in &mut table.rows[1..deep] {
            row.retain(|cell| cell.column != 0);
        }
        if let Some(cell) = table.rows[0].iter_mut().find(|cell| cell.column == 0) {
            cell.row_span = deep;
        }
    }
}

/// A row of a header whose cells reach over the columns beside them that have names further down.
fn widened(row: &[Cell], below: &[bool]) -> Vec<Cell> {
    let centre = |cell: &Cell| cell.column as f32 + (cell.column_span as f32 - 1.0) * 0.5;
    let named: Vec<&Cell> = row.iter().filter(|cell| cell.column > 0 && !cell.text.is_empty()).collect();
    let mut out: Vec<Cell> = row.iter().filter(|cell| cell.column == 0).cloned().collect();
    let mut next = out.first().map_or(0, |cell| cell.column_span);
    if named.is_empty() {
        return row.to_vec();
    }
    for (at, cell) in named.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| (centre(named[at]) + centre(cell)) * 0.5);
        let after = named.get(at + 1).map(|other| (centre(cell) + centre(other)) * 0.5);
        let free = |column: usize| below.get(column).copied().unwrap_or(false);
        let mut from = cell.column;
        while from > next.max(1) && free(from - 1) && before.is_none_or(|edge| from as f32 - 1.0 >= edge) {
            from -= 1;
        }
        let mut to = cell.column + cell.column_span;
        let limit = named.get(at + 1).map_or(below.len(), |other| other.column);
        while to < limit && free(to) && after.is_none_or(|edge| to as f32 <= edge) {
            to += 1;
        }
        out.extend((next..from).map(|empty| Cell::new(empty, "")));
        out.push(Cell { column: from, column_span: to - from, ..(*cell).clone() });
        next = to;
    }
    out.extend((next..below.len()).map(|empty| Cell::new(empty, "")));
    out
}

/// Lines that only go on with cells of the row above, and labels that go on in the row below.
fn join_wrapped(lines: &mut Lines, rows: &[LeafRow]) {
    for at in (1..lines.len()).rev() {
        if lines[at].is_empty() || lines[at - 1].is_empty() {
            continue;
        }
        let close = rows[at].rect.top - rows[at - 1].rect.bottom < rows[at].size * 0.35;
        let (above, line) = (&lines[at - 1], &lines[at]);
        let starts = line[0].0 == 0;
        let has_amount = line.iter().any(|(_, _, text)| is_amount(text));
        let fits = line.iter().all(|(column, span, _)| {
            *span == 1 && above.iter().any(|(other, width, _)| other == column && *width == 1)
        });
        let label = matches!(&above[..], [(0, 1, text)] if !text.ends_with(':'));
        if close && starts && line.len() > 1 && label && line[0].2.starts_with(char::is_lowercase) {
            let label = std::mem::take(&mut lines[at - 1]).remove(0).2;
            lines[at][0].2 = format!("{label}\n{}", lines[at][0].2);
        } else if close && !starts && !has_amount && fits && above[0].0 == 0 {
            let moved = std::mem::take(&mut lines[at]);
            for (column, _, text) in moved {
                if let Some(cell) = lines[at - 1].iter_mut().find(|(other, ..)| *other == column) {
                    cell.2.push('\n');
                    cell.2.push_str(&text);
                }
            }
        }
    }
}

fn full_row(line: Vec<(usize, usize, String)>, columns: usize) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    let mut next = 0;
    for (column, span, text) in line {
        out.extend((next..column).map(|empty| Cell::new(empty, "")));
        next = (column + span).min(columns);
        out.push(Cell { column_span: next - column, ..Cell::new(column, text) });
    }
    out.extend((next..columns).map(|empty| Cell::new(empty, "")));
    out
}

/// Rows at the top without any amount, over rows that have some.
fn leading_names(table: &Table) -> Option<usize> {
    let has_amount = |row: &Vec<Cell>| row.iter().any(|cell| cell.column > 0 && is_amount(&cell.text));
    let first = table.rows.iter().position(has_amount)?;
    let names = |row: &Vec<Cell>| row.iter().any(|cell| cell.column > 0 && !cell.text.is_empty());
    let header = table.rows[..first].iter().rposition(names).map_or(0, |at| at + 1);
    let rest = table.rows[first..].iter().filter(|row| has_amount(row)).count();
    (rest * 2 > table.rows.len() - first || header == 0).then_some(if header <= 4 { header } else { 0 })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::order;
    use super::super::turn::Mark;
    use super::super::words::rows;
    use super::*;

    pub(in super::super) fn found(text: &[(&str, f32, f32)]) -> Vec<Block> {
        let text: Vec<_> = text.iter().map(|(text, left, base)| ((*text).to_owned(), *left, *base)).collect();
        found_sized(&text, |_| 10.0)
    }

    fn found_sized(text: &[(String, f32, f32)], size: impl Fn(f32) -> f32) -> Vec<Block> {
        let mark = |(text, left, base): &(String, f32, f32)| {
            let (left, base, size) = (*left, *base, size(*base));
            let chars: Vec<Mark> = text
                .chars()
                .enumerate()
                .map(|(at, c)| {
                    let left = left + at as f32 * size * 0.5;
                    let rect =
                        Rect { left, right: left + size * 0.5, top: base - size * 0.8, bottom: base + 2.0 };
                    Mark { c, rect, base, size, at }
                })
                .collect();
            chars
        };
        let glyphs: Vec<Mark> = text.iter().flat_map(mark).collect();
        order::blocks(rows(&glyphs, &[]), Vec::new(), &[])
    }

    #[test]
    fn a_statement_becomes_a_table() {
        let blocks = found(&[
            ("Fiscal year", 160.0, 10.0),
            ("In millions", 0.0, 22.0),
            ("2019", 150.0, 22.0),
            ("2018", 230.0, 22.0),
            ("Net sales", 0.0, 34.0),
            ("$", 130.0, 34.0),
            ("16,865.2", 145.0, 34.0),
            ("$", 210.0, 34.0),
            ("15,740.4", 225.0, 34.0),
            ("Cost of sales", 0.0, 46.0),
            ("11,108.4", 145.0, 46.0),
            ("10,304.8", 225.0, 46.0),
            ("Net earnings", 0.0, 58.0),
            ("$", 130.0, 58.0),
            ("1,786.2", 150.0, 58.0),
            ("$", 210.0, 58.0),
            ("2,163.0", 230.0, 58.0),
        ]);
        let [Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        let names = table.table.column_names();
        assert_eq!(names[0], "In millions");
        assert!(names[1].ends_with("2019") && names[2].ends_with("2018"), "{names:?}");
        let rows = table.table.markdown();
        assert!(rows.contains("| Net sales | $16,865.2 | $15,740.4 |"), "{rows}");
        assert!(rows.contains("| Net earnings | $1,786.2 | $2,163.0 |"), "{rows}");
    }

    #[test]
    fn years_above_amounts_begin_another_table() {
        let mut text = Vec::new();
        let mut row = |base: f32, cells: [&'static str; 3]| {
            let places = [0.0, 150.0, 230.0];
            let filled = cells.into_iter().zip(places).filter(|(cell, _)| !cell.is_empty());
            text.extend(filled.map(|(cell, left)| (cell, left, base)));
        };
        row(10.0, ["", "2019", "2018"]);
        row(22.0, ["Kilns", "14.1", "13.0"]);
        row(34.0, ["Glazes", "9.2", "8.7"]);
        row(46.0, ["Group", "23.3", "21.7"]);
        row(60.0, ["Orders by segment", "", ""]);
        row(74.0, ["", "2019", "2018"]);
        row(86.0, ["Kilns", "4.1", "3.0"]);
        let blocks = found(&text);
        let [Block::Table(sales), Block::Lines(title), Block::Table(orders)] = &blocks[..] else {
            panic!("{blocks:?}")
        };
        assert!(sales.table.markdown().ends_with("| Group | 23.3 | 21.7 |\n"), "{}", sales.table.markdown());
        assert_eq!(title[0].text, "Orders by segment");
        assert_eq!((orders.table.header_rows, orders.table.rows.len()), (1, 2));
    }

    #[test]
    fn a_title_in_large_letters_is_no_name_of_columns() {
        let mut blocks = Vec::new();
        for size in [10.0, 16.0] {
            let mut text: Vec<(String, f32, f32)> = vec![("Invoice".to_owned(), 150.0, 10.0)];
            for (at, row) in
                [["Item", "Qty"], ["Rope", "20"], ["Block", "3"], ["Net", "7"]].iter().enumerate()
            {
                let base = 26.0 + at as f32 * 12.0;
                text.extend([(row[0].to_owned(), 0.0, base), (row[1].to_owned(), 150.0, base)]);
            }
            blocks.push(found_sized(&text, |base| if base == 10.0 { size } else { 10.0 }));
        }
        assert!(matches!(&blocks[0][..], [Block::Table(_)]), "{:?}", blocks[0]);
        let [Block::Lines(title), Block::Table(table)] = &blocks[1][..] else { panic!("{:?}", blocks[1]) };
        assert_eq!((title[0].text.as_str(), table.table.rows.len()), ("Invoice", 4));
    }

    #[test]
    fn the_head_of_a_page_is_no_row_of_the_table_below_it() {
        let blocks = found(&[
            ("Alder Kilns plc", 0.0, 10.0),
            ("Annual Report 2019", 200.0, 10.0),
            ("2 Staff", 0.0, 24.0),
            ("Average number of staff", 0.0, 36.0),
            ("2019", 150.0, 48.0),
            ("2018", 230.0, 48.0),
            ("Average number of staff", 0.0, 60.0),
            ("412", 155.0, 60.0),
            ("399", 235.0, 60.0),
        ]);
        let [Block::Lines(_), Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(table.table.column_names()[1..], ["2019", "2018"]);
    }
}
