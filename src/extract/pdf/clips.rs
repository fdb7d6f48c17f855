//! Clip paths: text outside of them is not painted.

use docent_layout::{Glyph, Rect};

/// The pieces of text of a page, with the part of the page where each is painted.
#[derive(Debug, Default)]
pub(super) struct Clips {
    /// Those that their clip does not cut.
    whole: Vec<Rect>,
    /// Those that it cuts, with the clip.
    cut: Vec<(Rect, Rect)>,
}

/// The engines' boxes are not exact, points.
const SLACK: f32 = 1.0;

impl Clips {
    pub(super) fn text(&mut self, bounds: Rect, clip: Option<Rect>) {
        match clip.filter(|clip| {
            !holds(clip, (bounds.left, bounds.bottom)) || !holds(clip, (bounds.right, bounds.top))
        }) {
            Some(clip) => self.cut.push((bounds, clip)),
            None => self.whole.push(bounds),
        }
    }

    /// Whether a character stands where its piece of text is not painted. Where pieces overlap, it counts as painted if
    /// any of them is.
    pub(super) fn hide(&self, glyph: &Glyph) -> bool {
        let middle = ((glyph.rect.left + glyph.rect.right) * 0.5, (glyph.rect.top + glyph.rect.bottom) * 0.5);
        let mut of_it = self.cut.iter().filter(|(bounds, _)| holds(bounds, middle)).peekable();
        of_it.peek().is_some()
            && of_it.all(|(_, clip)| !holds(clip, middle))
            && !self.whole.iter().any(|bounds| holds(bounds, middle))
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

    #[test]
    fn a_character_outside_its_clip_is_hidden() {
        let glyph = |left: f32, bottom: f32| Glyph {
            c: 'x',
            rect: rect(left, bottom, left + 5.0, bottom + 10.0),
            base: (left, bottom),
            size: 10.0,
            angle: 0.0,
        };
        let mut clips = Clips::default();
        clips.text(rect(0.0, 100.0, 200.0, 110.0), Some(rect(0.0, 0.0, 100.0, 200.0)));
        clips.text(rect(0.0, 50.0, 200.0, 60.0), Some(rect(0.0, 0.0, 300.0, 200.0)));
        assert!(!clips.hide(&glyph(20.0, 100.0)) && clips.hide(&glyph(150.0, 100.0)));
        assert!(!clips.hide(&glyph(150.0, 50.0)) && !clips.hide(&glyph(150.0, 20.0)));
        clips.text(rect(140.0, 100.0, 160.0, 110.0), None);
        assert!(!clips.hide(&glyph(150.0, 100.0)), "another piece is painted there");
        let nowhere = common(rect(0.0, 0.0, 10.0, 10.0), rect(50.0, 0.0, 60.0, 10.0));
        clips.text(rect(0.0, 150.0, 60.0, 160.0), Some(nowhere));
        assert!(clips.hide(&glyph(20.0, 150.0)));
    }
}
