//! From characters with their places on a page to text in reading order.
//!
//! Pure functions: no files, no PDF library, no OCR. A reader hands over a [`Sheet`]; [`lay_out`] gives back blocks in
//! reading order, each of them paragraphs or a table, and [`compose`] writes them as text.
//!
//! The steps, one a module: `turn` makes each direction of writing upright, `words` joins characters by their distances,
//! `ruled` finds tables by their rules, `order` finds columns, `unruled` finds tables by their gaps, `paragraphs` joins
//! lines. `accents` joins accents to their letters, `bidi` puts Hebrew and Arabic into the order they are read in, `hyphen` decides which hyphens at line ends
//! belong to the word, `running` finds running heads, `overleaf` joins what a page break cuts, `quality` judges text
//! without a dictionary.
//!
//! Deliberately absent: fonts and styles, and lists of words.

mod accents;
mod bidi;
mod compose;
mod hyphen;
mod order;
mod overleaf;
mod paragraphs;
mod quality;
mod ruled;
mod running;
mod sheet;
mod turn;
mod unruled;
mod words;

pub use compose::{Composed, compose};
pub use hyphen::{Known, Vocabulary};
pub use overleaf::{append, continue_table, goes_on, take_rest};
pub use quality::{Quality, quality};
pub use running::{EdgeLine, RunningHeads, edge_lines};
pub use sheet::{Block, Glyph, Laid, Line, Rect, Sheet, TableBlock};

/// More rows than this are read from the top down without a search for columns.
const MAX_ROWS: usize = 6_000;

/// The blocks of a page in the order they are read in.
pub fn lay_out(sheet: &Sheet) -> Laid {
    let mut blocks = Vec::new();
    let mut vertical = false;
    for view in turn::views(sheet) {
        vertical |= view.is_vertical;
        let mut rows = words::rows(&view.glyphs, &view.rules);
        let mut tables = ruled::tables(&view.rules, &mut rows);
        tables.retain(|table| !table.table.rows.is_empty());
        if rows.len() > MAX_ROWS {
            blocks.extend(rows.into_iter().map(|row| Block::Lines(vec![row.into_line()])));
            continue;
        }
        blocks.extend(order::blocks(rows, tables, &view.rules));
    }
    Laid { blocks, height: sheet.height, is_vertical: vertical }
}
