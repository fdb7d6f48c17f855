//! Clip paths: text outside of them is not painted.

use docent_layout::{Glyph, Rect};

/// The pieces of text of a page, with the part of the page where each is painted.
#[derive(Debug, Default)]
pub(super) struct Clips {
    /// Those that their clip does not cut.
    whole: Vec<Piece>,
    /// Those that it cuts, with the clip.
    cut: Vec<(Piece, Rect)>,
}

#[derive(Debug)]
struct Piece {
    bounds: Rect,
    /// Where the piece begins, if the engine tells.
    origin: Option<(f32, f32)>,
}

/// The engines' boxes are not exact, points.
const SLACK: f32 = 1.0;
/// Origins this near are one, points.
const SAME_ORIGIN: f32 = 0.05;

impl Clips {
    pub(super) fn text(&mut self, bounds: Rect, clip: Option<Rect>, origin: Option<(f32, f32)>) {
        let piece = Piece { bounds, origin };
        match clip.filter(|clip| {
            !holds(clip, (bounds.left, bounds.bottom)) || !holds(clip, (bounds.right, bounds.top))
        }) {
            Some(clip) => self.cut.push((piece, clip)),
            None => self.whole.push(piece),
        }
    }

    /// Whether a character stands where its piece of text is not painted. `origin` is where its piece of text begins. Where
    /// pieces overlap and it is not known which one it belongs to, it counts as painted if any of them is.
    pub(super) fn hide(&self, glyph: &Glyph, origin: Option<(f32, f32)>) -> bool {
        let middle = ((glyph.rect.left + glyph.rect.right) * 0.5, (glyph.rect.top + glyph.rect.bottom) * 0.5);
        let mut here = self.cut.iter().filter(|(piece, _)| holds(&piece.bounds, middle)).peekable();
        if here.peek().is_none() {
            return false;
        }
        let begins_there = |piece: &Piece| match (piece.origin, origin) {
            (Some((a, b)), Some((c, d))) => (a - c).abs() < SAME_ORIGIN && (b - d).abs() < SAME_ORIGIN,
            _ => false,
        };
        let of_it: Vec<&(Piece, Rect)> = here.collect();
        let own = of_it.iter().any(|(piece, _)| begins_there(piece));
        let counts = |piece: &Piece| !own || begins_there(piece);
        of_it.iter().filter(|(piece, _)| counts(piece)).all(|(_, clip)| !holds(clip, middle))
            && !self.whole.iter().any(|piece| counts(piece) && holds(&piece.bounds, middle))
    }
}

/// The part that both have in common; its edges are the wrong way round if there is none.
pub(super) fn common(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.max(b.left),
        right: a.right.min(b.right),
        top: a.top.min(b.top),
        bottom: a.bottom.max(b.bottom),
    }
}

fn holds(rect: &Rect, (x, y): (f32, f32)) -> bool {
    let across = rect.left - SLACK <= x && x <= rect.right + SLACK && rect.left <= rect.right;
    across && rect.bottom - SLACK <= y && y <= rect.top + SLACK && rect.bottom <= rect.top
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(left: f32, bottom: f32, right: f32, top: f32) -> Rect {
        Rect { left, right, top, bottom }
    }

    fn glyph(left: f32, bottom: f32) -> Glyph {
        let rect = rect(left, bottom, left + 5.0, bottom + 10.0);
        Glyph { c: 'x', rect, base: (left, bottom), size: 10.0, angle: 0.0 }
    }

    #[test]
    fn a_clipped_text_beneath_another_one_is_hidden() {
        let (words, amount) = (Some((0.0, 100.0)), Some((140.0, 100.0)));
        let mut clips = Clips::default();
        clips.text(rect(0.0, 100.0, 200.0, 110.0), Some(rect(0.0, 0.0, 100.0, 200.0)), words);
        clips.text(rect(140.0, 100.0, 180.0, 110.0), None, amount);
        assert!(clips.hide(&glyph(150.0, 100.0), words) && !clips.hide(&glyph(20.0, 100.0), words));
        assert!(!clips.hide(&glyph(150.0, 100.0), amount));
        assert!(!clips.hide(&glyph(150.0, 100.0), None), "it may be either");
    }

    #[test]
    fn a_character_outside_its_clip_is_hidden() {
        let mut clips = Clips::default();
        clips.text(rect(0.0, 100.0, 200.0, 110.0), Some(rect(0.0, 0.0, 100.0, 200.0)), None);
        clips.text(rect(0.0, 50.0, 200.0, 60.0), Some(rect(0.0, 0.0, 300.0, 200.0)), None);
        assert!(!clips.hide(&glyph(20.0, 100.0), None) && clips.hide(&glyph(150.0, 100.0), None));
        assert!(!clips.hide(&glyph(150.0, 50.0), None) && !clips.hide(&glyph(150.0, 20.0), None));
        clips.text(rect(140.0, 100.0, 160.0, 110.0), None, None);
        assert!(!clips.hide(&glyph(150.0, 100.0), None), "another piece is painted there");
        let nowhere = common(rect(0.0, 0.0, 10.0, 10.0), rect(50.0, 0.0, 60.0, 10.0));
        clips.text(rect(0.0, 150.0, 60.0, 160.0), Some(nowhere), None);
        assert!(clips.hide(&glyph(20.0, 150.0), None));
    }
}
