//! What goes in and what comes out.

use docent_domain::table::Table;

/// A character where it stands on the page. Coordinates are the PDF's: points, y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub c: char,
    /// The box that its font gives the character, not that of its ink.
    pub rect: Rect,
    /// Where it stands on its line.
    pub base: (f32, f32),
    /// Points, as it is shown.
    pub size: f32,
    /// Degrees, counter-clockwise; 0 is upright.
    pub angle: f32,
}

/// A rectangle; `top` and `bottom` as the coordinates run: upwards in a [`Sheet`], downwards in a [`Laid`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Rect {
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    pub fn height(&self) -> f32 {
        (self.bottom - self.top).abs()
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.top = self.top.min(other.top);
        self.bottom = self.bottom.max(other.bottom);
    }
}

/// A page as a reader sees it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub width: f32,
    pub height: f32,
    /// In the order of the file.
    pub glyphs: Vec<Glyph>,
    /// Lines and thin boxes, and the edges of larger ones: what may be the rules of a table.
    pub rules: Vec<Rect>,
}

/// A page in reading order. Coordinates run downwards; those of turned text are its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Laid {
    pub blocks: Vec<Block>,
    pub height: f32,
    /// Whether any of it is written from the top down.
    pub is_vertical: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Lines of one column, from the top.
    Lines(Vec<Line>),
    Table(TableBlock),
}

/// A table and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct TableBlock {
    pub table: Table,
    pub rect: Rect,
    /// Left edges of the columns and the right edge of the last.
    pub columns: Vec<f32>,
    pub is_ruled: bool,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    pub rect: Rect,
    /// Points.
    pub size: f32,
    /// How wide its first word is.
    pub first_word: f32,
    /// Whether it stands in columns with others: it ends where its row ends.
    pub is_row: bool,
}

impl Block {
    /// The box around it.
    pub fn rect(&self) -> Rect {
        match self {
            Self::Table(table) => table.rect,
            Self::Lines(lines) => {
                let mut rect = lines.first().map(|line| line.rect).unwrap_or_default();
                lines.iter().for_each(|line| rect.join(&line.rect));
                rect
            }
        }
    }
}
