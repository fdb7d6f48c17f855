//! reStructuredText: tables that are drawn with lines, with cells that span several.

use super::grid::{Grid, GridCell};

/// A larger drawing is no table.
const MAX_LINES: usize = 5_000;
const MAX_WIDTH: usize = 1_000;

/// Whether a table begins here that is drawn as a grid (`+---+`).
pub(super) fn is_grid(line: &str) -> bool {
    let line = line.trim_end();
    line.len() > 2
        && line.starts_with("+-")
        && line.ends_with('+')
        && line.chars().all(|it| matches!(it, '+' | '-'))
}

/// Whether a table begins here whose columns are underlined (`====  ====`).
pub(super) fn is_simple(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with("==") && line.contains("= ") && line.chars().all(|it| matches!(it, '=' | ' '))
}

/// A piece of the drawing, as its cells have them.
struct Placed {
    row: usize,
    column: usize,
    cell: GridCell,
}

/// A grid of these lines. `shown` is how the lines of a cell are read.
pub(super) fn grid(lines: &[&str], shown: impl Fn(&[String]) -> String) -> Option<Grid> {
    if lines.len() > MAX_LINES {
        return None;
    }
    let mut drawing: Vec<Vec<char>> = lines.iter().map(|it| wide(it.trim_end())).collect();
    let width = drawing.iter().map(Vec::len).max().filter(|it| *it <= MAX_WIDTH)?;
    drawing.iter_mut().for_each(|it| it.resize(width, ' '));
    let is_head = |line: &Vec<char>| line.iter().all(|it| matches!(it, '+' | '=')) && line.contains(&'=');
    let head = drawing.iter().position(is_head);
    if let Some(head) = head {
        drawing[head].iter_mut().filter(|it| **it == '=').for_each(|it| *it = '-');
    }
    let boxes = boxes(&drawing);
    let edges = |of: fn(&Box4) -> [usize; 2]| {
        let mut edges: Vec<usize> = boxes.iter().flat_map(of).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    };
    let (rows, columns) = (edges(|it| [it.top, it.bottom]), edges(|it| [it.left, it.right]));
    let at = |edges: &[usize], edge: usize| edges.iter().position(|it| *it == edge).unwrap_or(0);
    let placed = boxes.iter().map(|it| {
        let text: Vec<String> = drawing[it.top + 1..it.bottom]
            .iter()
            .map(|line| line[it.left + 1..it.right].iter().filter(|c| **c != '\0').collect::<String>())
            .collect();
        Placed {
            row: at(&rows, it.top),
            column: at(&columns, it.left),
            cell: GridCell {
                text: shown(&text),
                columns: at(&columns, it.right) - at(&columns, it.left),
                rows: at(&rows, it.bottom) - at(&rows, it.top),
            },
        }
    });
    let mut placed: Vec<Placed> = placed.collect();
    placed.sort_by_key(|it| (it.row, it.column));
    let header = head.map_or(0, |head| rows.iter().filter(|it| **it < head).count());
    let mut grid = Grid::default();
    let mut placed = placed.into_iter().peekable();
    for row in 0..rows.len().saturating_sub(1) {
        let mut cells = Vec::new();
        while let Some(it) = placed.next_if(|it| it.row == row) {
            cells.push(it.cell);
        }
        grid.row(cells, row < header);
    }
    Some(grid)
}

/// Characters by their places: those of double width take two.
fn wide(line: &str) -> Vec<char> {
    let is_wide = |c: char| matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}');
    line.chars().flat_map(|c| [Some(c), is_wide(c).then_some('\0')]).flatten().collect()
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Box4 {
    top: usize,
    left: usize,
    bottom: usize,
    right: usize,
}

/// The cells of a drawing, found from corner to corner.
fn boxes(drawing: &[Vec<char>]) -> Vec<Box4> {
    let (height, width) = (drawing.len(), drawing.first().map_or(0, Vec::len));
    let mut boxes: Vec<Box4> = Vec::new();
    let mut done = vec![vec![false; width]; height];
    for top in 0..height {
        for left in 0..width {
            if drawing[top][left] != '+' || done[top][left] {
                continue;
            }
            if let Some(found) = box_at(drawing, top, left) {
                for row in &mut done[found.top..found.bottom] {
                    row[found.left..found.right].fill(true);
                }
                boxes.push(found);
            }
        }
    }
    boxes
}

/// The smallest cell that has its upper left corner here.
fn box_at(drawing: &[Vec<char>], top: usize, left: usize) -> Option<Box4> {
    let width = drawing[top].len();
    for right in left + 1..width {
        match drawing[top][right] {
            '+' => {
                if let Some(bottom) = bottom_of(drawing, top, left, right) {
                    return Some(Box4 { top, left, bottom, right });
                }
            }
            '-' => {}
            _ => return None,
        }
    }
    None
}

fn bottom_of(drawing: &[Vec<char>], top: usize, left: usize, right: usize) -> Option<usize> {
    for (bottom, line) in drawing.iter().enumerate().skip(top + 1) {
        if !matches!(line[right], '|' | '+') || !matches!(line[left], '|' | '+') {
            return None;
        }
        let closes = line[left] == '+' && line[right] == '+';
        if closes && line[left..=right].iter().all(|it| matches!(it, '-' | '+')) {
            return Some(bottom);
        }
    }
    None
}

/// A table with underlined columns. `shown` is how the lines of a cell are read.
pub(super) fn simple(lines: &[&str], shown: impl Fn(&[String]) -> String) -> Option<Grid> {
    let drawing: Vec<Vec<char>> = lines.iter().take(MAX_LINES).map(|it| wide(it.trim_end())).collect();
    let columns = spans(drawing.first()?);
    let is_border = |it: &Vec<char>| !it.is_empty() && it.iter().all(|it| matches!(it, '=' | ' '));
    let is_underline =
        |it: &Vec<char>| it.len() > 1 && it.iter().all(|it| matches!(it, '-' | ' ')) && it.contains(&'-');
    let borders = drawing.iter().filter(|it| is_border(it)).count();
    let mut grid = Grid::default();
    let mut header = borders > 2;
    let mut row: Vec<&Vec<char>> = Vec::new();
    let end = |row: &mut Vec<&Vec<char>>, spans: &[(usize, usize)], grid: &mut Grid, header: bool| {
        if row.is_empty() {
            return;
        }
        let cells = spans.iter().enumerate().map(|(at, (start, stop))| {
            let last = at + 1 == spans.len();
            let text: Vec<String> = row
                .iter()
                .map(|line| {
                    let stop = if last { line.len() } else { spans[at + 1].0.min(line.len()) };
                    line.get(*start..stop.max(*start))
                        .unwrap_or_default()
                        .iter()
                        .filter(|c| **c != '\0')
                        .collect()
                })
                .collect();
            let over = columns.iter().filter(|(from, to)| from >= start && (to <= stop || last)).count();
            GridCell { text: shown(&text), columns: over.max(1), rows: 1 }
        });
        grid.row(cells.collect(), header);
        row.clear();
    };
    for line in &drawing[1..] {
        if is_border(line) {
            end(&mut row, &spans(line), &mut grid, header);
            header = false;
        } else if is_underline(line) && !row.is_empty() {
            end(&mut row, &spans(line), &mut grid, header);
        } else if line.is_empty() {
            end(&mut row, &columns, &mut grid, header);
        } else {
            let first = columns.first().map_or(0, |(_, stop)| *stop);
            let goes_on = line.iter().take(first).all(|it| *it == ' ');
            if !goes_on {
                end(&mut row, &columns, &mut grid, header);
            }
            row.push(line);
        }
    }
    end(&mut row, &columns, &mut grid, header);
    Some(grid)
}

/// Where the stretches of a line of signs begin and end.
fn spans(line: &[char]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in line.iter().chain([&' ']).enumerate() {
        match (open, *c == ' ') {
            (None, false) => open = Some(at),
            (Some(start), true) => {
                spans.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::one_line;

    fn words(lines: &[String]) -> String {
        one_line(&lines.join(" "))
    }

    fn lines(text: &str) -> Vec<&str> {
        text.lines().map(str::trim_start).collect()
    }

    #[test]
    fn grids_have_cells_that_span_several() {
        let table = lines(
            "+-------+-------------+
             | Site  | Pairs       |
             |       +------+------+
             |       | 2023 | 2024 |
             +=======+======+======+
             | North | 12   | 13   |
             | side  +------+------+
             |       | 14   | 漢15 |
             +-------+------+------+
             | South | none        |
             +-------+-------------+",
        );
        insta::assert_snapshot!(grid(&table, words).unwrap().into_markdown(false), @r"
        | Site | Pairs 2023 | Pairs 2024 |
        | --- | --- | --- |
        | North side | 12 | 13 |
        | North side | 14 | 漢15 |
        | South | none |  |
        ");
    }

    #[test]
    fn underlined_columns_have_cells_that_span_several() {
        let table = [
            "=====  =====  ======",
            "   Inputs     Output",
            "------------  ------",
            "A      B      A or B",
            "=====  =====  ======",
            "one    two    three",
            "              more",
            "x             last one",
            "=====  =====  ======",
        ];
        insta::assert_snapshot!(simple(&table, words).unwrap().into_markdown(false), @r"
        | Inputs A | Inputs B | Output A or B |
        | --- | --- | --- |
        | one | two | three more |
        | x |  | last one |
        ");
    }

    #[test]
    fn drawings_that_are_no_tables_are_left() {
        assert!(is_grid("+---+---+") && !is_grid("+1 x+") && is_simple("==  ==") && !is_simple("======"));
        assert!(grid(&["+---", "| x"], words).unwrap().is_empty());
    }
}
