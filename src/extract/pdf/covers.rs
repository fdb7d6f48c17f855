//! Opaque boxes that are painted over text: a page that was blacked out still holds what stands beneath.
//!
//! Only boxes that come behind a text in the file hide it: the backgrounds of cells come before theirs. Glass, patterns and
//! pictures hide nothing here; a marker's colour lets the text shine through.

use docent_layout::{Glyph, Rect};

/// The pieces of text of a page and the boxes, in the order in which they are painted.
#[derive(Debug, Default)]
pub(super) struct Covers {
    painted: usize,
    pieces: Vec<Piece>,
    boxes: Vec<(usize, Rect)>,
}

#[derive(Debug)]
struct Piece {
    bounds: Rect,
    /// Where the piece begins, if the engine tells.
    origin: Option<(f32, f32)>,
    order: usize,
}

/// More boxes than this are a drawing.
const MAX_BOXES: usize = 3_000;
/// More pieces of text than this are not compared.
const MAX_PIECES: usize = 5_000;
/// Origins this near are one, points.
const SAME_ORIGIN: f32 = 0.05;
/// The engine's boxes are not exact, points.
const SLACK: f32 = 1.0;

impl Covers {
    pub(super) fn text(&mut self, bounds: Rect, origin: Option<(f32, f32)>) {
        self.painted += 1;
        if self.pieces.len() < MAX_PIECES {
            self.pieces.push(Piece { bounds, origin, order: self.painted });
        }
    }

    /// A box of one opaque colour.
    pub(super) fn opaque(&mut self, rect: Rect) {
        self.painted += 1;
        if self.boxes.len() < MAX_BOXES && !self.pieces.is_empty() {
            self.boxes.push((self.painted, rect));
        }
    }

    /// Whether nothing is painted over any text.
    pub(super) fn is_idle(&self) -> bool {
        self.boxes.is_empty() || self.boxes.len() == MAX_BOXES || self.pieces.len() == MAX_PIECES
    }

    /// Whether a character lies under a box. `origin` is where its piece of text begins. Where pieces overlap and it is not
    /// known which one it belongs to, it is covered if all are.
    pub(super) fn hide(&self, glyph: &Glyph, origin: Option<(f32, f32)>) -> bool {
        if self.is_idle() || !self.boxes.iter().any(|(_, rect)| covers(rect, glyph)) {
            return false;
        }
        let here = |piece: &&Piece| holds(&piece.bounds, middle(glyph));
        let own = |piece: &&Piece| match (piece.origin, origin) {
            (Some((a, b)), Some((c, d))) => (a - c).abs() < SAME_ORIGIN && (b - d).abs() < SAME_ORIGIN,
            _ => false,
        };
        let mut pieces: Vec<&Piece> = self.pieces.iter().filter(here).filter(own).collect();
        if pieces.is_empty() {
            pieces = self.pieces.iter().filter(here).collect();
        }
        let is_under = |piece: &&Piece| {
            self.boxes.iter().any(|(order, rect)| *order > piece.order && covers(rect, glyph))
        };
        !pieces.is_empty() && pieces.iter().all(is_under)
    }
}

/// Whether a box lies over so much of a character that it cannot be read.
pub(super) fn covers(rect: &Rect, glyph: &Glyph) -> bool {
    let (x, y) = middle(glyph);
    if glyph.angle.abs() > 1.0 {
        return rect.left <= x && x <= rect.right && rect.bottom <= y && y <= rect.top;
    }
    let base = glyph.base.1;
    let across = rect.left <= x && x <= rect.right;
    across && rect.bottom <= base + glyph.size * 0.1 && rect.top >= base + glyph.size * 0.45
}

fn holds(rect: &Rect, (x, y): (f32, f32)) -> bool {
    let across = rect.left - SLACK <= x && x <= rect.right + SLACK;
    across && rect.bottom - SLACK * 3.0 <= y && y <= rect.top + SLACK * 3.0
}

fn middle(glyph: &Glyph) -> (f32, f32) {
    ((glyph.rect.left + glyph.rect.right) * 0.5, (glyph.rect.top + glyph.rect.bottom) * 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(left: f32, bottom: f32, right: f32, top: f32) -> Rect {
        Rect { left, right, top, bottom }
    }

    fn glyph(left: f32) -> Glyph {
        let rect = rect(left, 98.0, left + 5.0, 108.0);
        Glyph { c: 'x', rect, base: (left, 100.0), size: 10.0, angle: 0.0 }
    }

    #[test]
    fn boxes_behind_a_text_hide_it_and_those_before_it_do_not() {
        let mut covers = Covers::default();
        covers.opaque(rect(0.0, 90.0, 300.0, 110.0));
        covers.text(rect(0.0, 98.0, 200.0, 108.0), Some((0.0, 100.0)));
        assert!(!covers.hide(&glyph(20.0), Some((0.0, 100.0))));
        covers.opaque(rect(50.0, 99.0, 90.0, 107.0));
        assert!(covers.hide(&glyph(60.0), Some((0.0, 100.0))) && !covers.hide(&glyph(20.0), None));
        // A line through the words is no box over them.
        let mut struck = Covers::default();
        struck.text(rect(0.0, 98.0, 200.0, 108.0), None);
        struck.opaque(rect(0.0, 102.0, 200.0, 103.0));
        assert!(!struck.hide(&glyph(60.0), None));
    }

    #[test]
    fn what_is_written_over_a_box_is_seen() {
        let mut covers = Covers::default();
        covers.text(rect(0.0, 98.0, 200.0, 108.0), Some((0.0, 100.0)));
        covers.opaque(rect(0.0, 90.0, 200.0, 110.0));
        covers.text(rect(0.0, 98.0, 150.0, 108.0), Some((2.0, 100.0)));
        assert!(covers.hide(&glyph(20.0), Some((0.0, 100.0))));
        assert!(!covers.hide(&glyph(20.0), Some((2.0, 100.0))));
        assert!(!covers.hide(&glyph(20.0), None), "it may be either");
    }
}
