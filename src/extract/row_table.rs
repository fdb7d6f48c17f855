//! Tables whose rows say where their cells begin and end on the page, as in rich text and Word files from before 2007.

use super::compose::{Composer, one_line};
use super::grid::{Grid, GridCell};
use std::collections::HashMap;

/// Edges nearer than a millimetre, in twentieths of a point, are one.
const SAME_EDGE: i32 = 57;

/// Where the cells of a row begin and end, and how each is merged.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RowShape {
    pub edges: Vec<i16>,
    pub merges: Vec<u16>,
    pub is_header: bool,
}

impl RowShape {
    /// Merged with the cell before, and with the one above.
    pub(super) const SIDEWAYS: u16 = 0b11;
    pub(super) const DOWNWARDS: u16 = 0x20;
    pub(super) const FIRST_DOWNWARDS: u16 = 0x40;
}

/// A piece of the text, before it is known whether it stands in a table of values or in a frame.
pub(super) enum Block {
    Heading(u8, String),
    Item(usize, String),
    Paragraph(String),
}

impl Block {
    pub(super) fn write(self, out: &mut Composer) {
        match self {
            Self::Heading(level, text) => out.heading(level, &text),
            Self::Item(depth, text) => out.item(depth, "-", &text),
            Self::Paragraph(text) => out.paragraph(&text),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Heading(_, text) | Self::Paragraph(text) => text.clone(),
            Self::Item(_, text) => format!("- {text}"),
        }
    }
}

#[derive(Default)]
pub(super) struct RowTable {
    rows: Vec<(Vec<Vec<Block>>, RowShape)>,
}

impl RowTable {
    pub(super) fn row(&mut self, cells: Vec<Vec<Block>>, shape: RowShape) {
        self.rows.push((cells, shape));
    }

    pub(super) fn write(self, out: &mut Composer) {
        if self.rows.iter().all(|(cells, _)| cells.len() == 1) {
            // A frame around text, not a table of values.
            let blocks = self.rows.into_iter().flat_map(|(cells, _)| cells).flatten();
            blocks.for_each(|it| it.write(out));
            return;
        }
        out.table(self.grid(), true);
    }

    fn grid(self) -> Grid {
        let edges = Edges::of(&self.rows);
        let mut grid = Grid::default();
        // Labels that go on downwards, by column.
        let mut labels: HashMap<usize, String> = HashMap::new();
        for (cells, shape) in self.rows {
            let (mut column, before) = (0, edges.before(&shape));
            let mut row: Vec<GridCell> = Vec::new();
            if before > 0 {
                column = before;
                row.extend((0..before).map(|_| GridCell::new(String::new())));
            }
            for (at, cell) in cells.into_iter().enumerate() {
                let text = cell.iter().map(Block::words).collect::<Vec<_>>().join(" ");
                let text = one_line(&text);
                let columns = edges.span(&shape, at);
                let merged = shape.merges.get(at).copied().unwrap_or(0);
                let sideways = at > 0
                    && merged & RowShape::SIDEWAYS != 0
                    && shape.merges[at - 1] & RowShape::SIDEWAYS != 0
                    && text.is_empty();
                let text = match merged & (RowShape::DOWNWARDS | RowShape::FIRST_DOWNWARDS) {
                    RowShape::DOWNWARDS if text.is_empty() => {
                        labels.get(&column).cloned().unwrap_or_default()
                    }
                    0 => text,
                    _ => labels.entry(column).insert_entry(text).get().clone(),
                };
                match row.last_mut().filter(|_| sideways) {
                    Some(before) => before.columns += columns,
                    None => row.push(GridCell { text, columns, rows: 1 }),
                }
                column += columns;
            }
            grid.row(row, shape.is_header);
        }
        grid
    }
}

/// Where columns begin and end in a table, from all of its rows. Empty where every row has as many cells as any other:
/// then the first is the first, wherever it begins.
struct Edges {
    places: Vec<i32>,
}

impl Edges {
    fn of(rows: &[(Vec<Vec<Block>>, RowShape)]) -> Self {
        let first = rows.first().map_or(0, |(cells, _)| cells.len());
        let known = rows.iter().all(|(cells, shape)| shape.edges.len() == cells.len() + 1);
        if !known || rows.iter().all(|(cells, _)| cells.len() == first) {
            return Self { places: Vec::new() };
        }
        let mut all: Vec<i32> =
            rows.iter().flat_map(|(_, shape)| &shape.edges).map(|it| i32::from(*it)).collect();
        all.sort_unstable();
        let mut places: Vec<i32> = Vec::new();
        for edge in all {
            if places.last().is_none_or(|last| edge - last > SAME_EDGE) {
                places.push(edge);
            }
        }
        Self { places }
    }

    fn column(&self, edge: i16) -> usize {
        self.places.partition_point(|it| *it <= i32::from(edge)).saturating_sub(1)
    }

    /// How many columns a row leaves out at its beginning.
    fn before(&self, shape: &RowShape) -> usize {
        shape.edges.first().filter(|_| !self.places.is_empty()).map_or(0, |it| self.column(*it))
    }

    fn span(&self, shape: &RowShape, cell: usize) -> usize {
        match shape.edges.get(cell..cell + 2) {
            Some([start, end]) if !self.places.is_empty() => {
                self.column(*end).saturating_sub(self.column(*start)).max(1)
            }
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row<'a> = (&'a [&'a str], &'a [i16], &'a [u16]);

    fn written(rows: &[Row<'_>]) -> String {
        let mut table = RowTable::default();
        for (cells, edges, merges) in rows {
            let cells = cells.iter().map(|it| vec![Block::Paragraph((*it).to_owned())]).collect();
            table.row(cells, RowShape { edges: edges.to_vec(), merges: merges.to_vec(), is_header: false });
        }
        let mut out = Composer::default();
        table.write(&mut out);
        out.unit().text
    }

    #[test]
    fn a_wide_cell_spans_the_columns_below_it() {
        let text = written(&[
            (&["Site", "Pairs"], &[0, 1000, 3000], &[0, 0]),
            (&["North", "12", "13"], &[0, 1010, 2000, 3010], &[0, 0, 0]),
            (&["late"], &[2000, 3000], &[0]),
        ]);
        assert_eq!(
            text,
            "| Site | Pairs | Pairs |\n| --- | --- | --- |\n| North | 12 | 13 |\n|  |  | late |"
        );
    }

    #[test]
    fn merged_cells_carry_their_label() {
        let (first, more) = (RowShape::DOWNWARDS | RowShape::FIRST_DOWNWARDS, RowShape::DOWNWARDS);
        let edges = &[0, 1000, 2000, 3000];
        let text = written(&[
            (&["Site", "Pairs", ""], edges, &[0, 1, 2]),
            (&["North", "12", "13"], edges, &[first, 0, 0]),
            (&["", "14", "15"], edges, &[more, 0, 0]),
            (&["South", "1", "2"], edges, &[first, 0, 0]),
        ]);
        assert_eq!(
            text,
            "| Site | Pairs | Pairs |\n| --- | --- | --- |\n| North | 12 | 13 |\n| North | 14 | 15 |\n| South | 1 | 2 |"
        );
    }

    #[test]
    fn rows_that_are_moved_keep_their_columns() {
        let text =
            written(&[(&["a", "b"], &[0, 1000, 2000], &[0, 0]), (&["1", "2"], &[300, 1300, 2300], &[0, 0])]);
        assert_eq!(text, "| a | b |\n| --- | --- |\n| 1 | 2 |");
    }
}
