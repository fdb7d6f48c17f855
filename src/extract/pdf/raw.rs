//! A page as an engine hands it over, and what of it is seen.

use super::covers::covers;
use docent_layout::{Glyph, Rect, Sheet};

/// How a character is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Color([u8; 3]),
    /// Filled with one colour and stroked with another.
    Outlined([u8; 3], [u8; 3]),
    /// Neither filled nor stroked: the text layer of a scan, or a text that is not to be seen.
    Invisible,
    /// Outside the part of the page that its text is painted on.
    Clipped,
    /// Under an opaque box that is painted over it.
    Covered,
    /// The engine does not tell.
    Unknown,
}

/// An area that something is painted on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub rect: Rect,
    /// `None` for pictures and shadings.
    pub color: Option<[u8; 3]>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct RawPage {
    /// The part of the page that is shown; `top` is the larger y.
    pub shown: Rect,
    pub glyphs: Vec<Glyph>,
    /// One for each glyph.
    pub paints: Vec<Paint>,
    pub rules: Vec<Rect>,
    pub areas: Vec<Area>,
    /// The pieces of text with their colours; those that lie under others are among them.
    pub inks: Vec<(Rect, [u8; 3])>,
    pub pictures: Vec<Rect>,
    /// The characters in the order of the file, with the engine's own spaces and line ends.
    pub plain: String,
}

/// What is read of a page, and what is kept apart.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub sheet: Sheet,
    /// Characters that no reader of the page sees.
    pub hidden: usize,
    /// Those among them that lie under opaque boxes.
    pub covered: usize,
    /// Characters of the text layer of a scan: read, although nothing of them is painted.
    pub layer: usize,
    /// Whether the places of the characters are of no use.
    pub is_damaged: bool,
}

/// Thicker than this, points, is no rule.
pub(super) const RULE: f32 = 3.0;
/// A filled path of more parts than this is a drawing.
const MAX_PARTS: usize = 300;
/// Colours this near are one to the eye.
const SAME_COLOR: u8 = 14;
/// Smaller text than this is none.
const MIN_SIZE: f32 = 0.9;
/// More pieces of text than this are not compared.
const MAX_INKS: usize = 5000;
/// A picture of at least this share of the page is a scan.
const SCAN: f32 = 0.4;

impl RawPage {
    /// Leaves out what is not seen.
    pub(super) fn seen(&self) -> Seen {
        let printed = self.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        let sound = self.glyphs.iter().filter(|glyph| is_sound(glyph) && !glyph.c.is_whitespace()).count();
        let inside =
            self.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace() && self.is_inside(glyph)).count();
        // Where characters stand far from the page, it is their places that are wrong, not the edges.
        if printed > 0 && (sound * 2 < printed || inside * 2 < printed && self.is_scattered()) {
            return Seen { is_damaged: true, ..Seen::default() };
        }
        let is_scan = self.is_scan();
        let tiny = self.glyphs.iter().filter(|glyph| glyph.size < MIN_SIZE).count();
        let by_size = tiny * 2 < self.glyphs.len();
        let mut sheet = Sheet {
            width: self.shown.width(),
            height: self.shown.height(),
            rules: self.rules.clone(),
            ..Sheet::default()
        };
        let (mut hidden, mut covered, mut layer) = (0, 0, 0);
        for (glyph, paint) in self.glyphs.iter().zip(&self.paints) {
            let lost = !is_sound(glyph) || !self.is_inside(glyph) || by_size && glyph.size < MIN_SIZE;
            let unseen = match paint {
                Paint::Invisible => !is_scan,
                Paint::Color(color) => self.is_background(glyph, *color) && !self.is_layered(glyph, *color),
                Paint::Outlined(fill, stroke) => {
                    self.is_background(glyph, *fill) && self.is_background(glyph, *stroke)
                }
                Paint::Clipped | Paint::Covered => true,
                Paint::Unknown => false,
            };
            if lost || unseen {
                let count = usize::from(!glyph.c.is_whitespace());
                hidden += count;
                covered += if *paint == Paint::Covered { count } else { 0 };
            } else {
                layer += usize::from(*paint == Paint::Invisible && !glyph.c.is_whitespace());
                sheet.glyphs.push(*glyph);
            }
        }
        Seen { sheet, hidden, covered, layer, is_damaged: false }
    }

    /// Leaves out what lies under boxes that are laid over the page.
    pub(super) fn cover(&mut self, boxes: &[Rect]) {
        if boxes.is_empty() {
            return;
        }
        for (glyph, paint) in self.glyphs.iter().zip(&mut self.paints) {
            if boxes.iter().any(|rect| covers(rect, glyph)) {
                *paint = Paint::Covered;
            }
        }
    }

    pub(super) fn take_ink(&mut self, rect: Rect, paint: Paint) {
        if self.inks.len() >= MAX_INKS {
            return;
        }
        match paint {
            Paint::Color(color) => self.inks.push((rect, color)),
            Paint::Outlined(fill, stroke) => self.inks.extend([(rect, fill), (rect, stroke)]),
            _ => {}
        }
    }

    /// Takes a filled path by the boxes of its parts: only they are painted, and not what lies between them.
    pub(super) fn take_fill(&mut self, whole: Rect, parts: &[Rect], color: Option<[u8; 3]>) {
        if parts.len() < 2 {
            return self.areas.push(Area { rect: whole, color });
        }
        if parts.len() > MAX_PARTS {
            return self.areas.push(Area { rect: whole, color: None });
        }
        let (thin, wide): (Vec<Rect>, Vec<Rect>) =
            parts.iter().partition(|it| it.width().min(it.height()) <= RULE);
        self.rules.extend(thin.into_iter().filter(|it| it.width().max(it.height()) > RULE));
        for (at, part) in wide.iter().enumerate() {
            let others = || wide.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, it)| it);
            // A part within another one may be a hole, and what has one is not painted all over.
            if !others().any(|other| is_within(part, other)) {
                let color = color.filter(|_| !others().any(|other| is_within(other, part)));
                self.areas.push(Area { rect: *part, color });
            }
        }
    }

    /// How much of the page pictures cover, at most 1.
    pub(super) fn picture_share(&self) -> f32 {
        let page = (self.shown.width() * self.shown.height()).max(1.0);
        let area = |rect: &Rect| {
            let width = rect.right.min(self.shown.right) - rect.left.max(self.shown.left);
            let height = rect.top.min(self.shown.top) - rect.bottom.max(self.shown.bottom);
            width.max(0.0) * height.max(0.0)
        };
        (self.pictures.iter().map(area).sum::<f32>() / page).min(1.0)
    }

    fn is_scan(&self) -> bool {
        self.picture_share() >= SCAN
    }

    fn is_inside(&self, glyph: &Glyph) -> bool {
        if self.shown.width() <= 0.0 || self.shown.height() <= 0.0 {
            // Nothing is known of the page's edges.
            return true;
        }
        let (x, y) = middle(&glyph.rect);
        let slack = 2.0;
        let across = x >= self.shown.left - slack && x <= self.shown.right + slack;
        across && y >= self.shown.bottom - slack && y <= self.shown.top + slack
    }

    /// Whether a good part of the text stands far from the page.
    fn is_scattered(&self) -> bool {
        let reach = (self.shown.width() + self.shown.height()).max(1.0) * 4.0;
        let far = |glyph: &&Glyph| {
            let (x, y) = middle(&glyph.rect);
            x.abs() > reach || y.abs() > reach
        };
        self.glyphs.iter().filter(far).count() * 4 > self.glyphs.len()
    }

    /// Whether the same text is printed in another colour in the same place: letters with a shadow or an outline.
    fn is_layered(&self, glyph: &Glyph, color: [u8; 3]) -> bool {
        let (x, y) = middle(&glyph.rect);
        let holds = |rect: &Rect| rect.left <= x && x <= rect.right && rect.bottom <= y && y <= rect.top;
        let here = |(rect, ink): &&(Rect, [u8; 3])| *ink == color && holds(rect);
        self.inks.iter().filter(here).any(|(own, _)| {
            self.inks.iter().any(|(rect, ink)| !is_near(*ink, color) && is_same_place(own, rect))
        })
    }

    /// Whether a character has the colour of what it stands on: paper, if nothing else.
    fn is_background(&self, glyph: &Glyph, color: [u8; 3]) -> bool {
        let (x, y) = middle(&glyph.rect);
        let under = self.areas.iter().filter(|area| {
            let rect = &area.rect;
            rect.left <= x && x <= rect.right && rect.bottom <= y && y <= rect.top
        });
        // The smallest area is the one painted last, as a rule.
        let size = |area: &&Area| area.rect.width() * area.rect.height();
        match under.min_by(|a, b| size(a).total_cmp(&size(b))) {
            Some(area) => area.color.is_some_and(|it| is_near(color, it)),
            None => is_near(color, [255; 3]),
        }
    }
}

fn is_near(color: [u8; 3], other: [u8; 3]) -> bool {
    color.iter().zip(other).all(|(a, b)| a.abs_diff(b) <= SAME_COLOR)
}

/// Whether a box lies in a larger one.
fn is_within(inner: &Rect, outer: &Rect) -> bool {
    let across = outer.left <= inner.left && inner.right <= outer.right;
    let upright = outer.bottom <= inner.bottom && inner.top <= outer.top;
    across && upright && inner.width() * inner.height() < outer.width() * outer.height()
}

/// Whether two pieces of text have the same box, but for the width of their strokes.
fn is_same_place(a: &Rect, b: &Rect) -> bool {
    let slack = a.height().max(b.height()) * 0.25;
    let edges = [(a.left, b.left), (a.right, b.right), (a.top, b.top), (a.bottom, b.bottom)];
    edges.iter().all(|(a, b)| (a - b).abs() <= slack)
}

fn middle(rect: &Rect) -> (f32, f32) {
    ((rect.left + rect.right) * 0.5, (rect.top + rect.bottom) * 0.5)
}

fn is_sound(glyph: &Glyph) -> bool {
    let rect = &glyph.rect;
    let all = [rect.left, rect.right, rect.top, rect.bottom, glyph.base.0, glyph.base.1, glyph.size];
    all.iter().all(|it| it.is_finite() && it.abs() < 1e6) && glyph.size > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(texts: &[(&str, f32, f32, Paint)]) -> RawPage {
        let shown = Rect { left: 0.0, right: 600.0, top: 800.0, bottom: 0.0 };
        let mut page = RawPage { shown, ..RawPage::default() };
        for (text, left, base, paint) in texts {
            for (at, c) in text.chars().enumerate() {
                let left = left + at as f32 * 5.0;
                let rect = Rect { left, right: left + 5.0, top: base + 8.0, bottom: base - 2.0 };
                page.glyphs.push(Glyph { c, rect, base: (left, *base), size: 10.0, angle: 0.0 });
                page.paints.push(*paint);
            }
        }
        page
    }

    fn read(page: &RawPage) -> String {
        page.seen().sheet.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    const BLACK: Paint = Paint::Color([0; 3]);
    const WHITE: Paint = Paint::Color([255; 3]);

    #[test]
    fn what_is_not_seen_is_kept_apart() {
        let mut all = page(&[
            ("seen", 50.0, 700.0, BLACK),
            ("white", 50.0, 650.0, WHITE),
            ("mode3", 50.0, 600.0, Paint::Invisible),
            ("out", 900.0, 600.0, BLACK),
        ]);
        assert_eq!(read(&all), "seen");
        assert_eq!(all.seen().hidden, 13);
        let rect = Rect { left: 0.0, right: 600.0, top: 670.0, bottom: 640.0 };
        all.areas.push(Area { rect, color: Some([0, 0, 128]) });
        assert_eq!(read(&all), "seenwhite", "white on blue is seen");
    }

    #[test]
    fn borders_that_are_one_path_hide_nothing_between_them() {
        let all = page(&[("cell", 50.0, 700.0, BLACK), ("head", 150.0, 700.0, WHITE)]);
        let rect = |left: f32, bottom: f32, right: f32, top: f32| Rect { left, right, top, bottom };
        let whole = rect(40.0, 690.0, 240.0, 715.0);
        let lines = [rect(40.0, 714.0, 240.0, 715.0), rect(40.0, 690.0, 41.0, 715.0)];
        let filled = |parts: &[Rect]| {
            let mut page = all.clone();
            page.take_fill(whole, parts, Some([0; 3]));
            (read(&page), page.rules.len())
        };
        assert_eq!(filled(&lines), ("cell".to_owned(), 2));
        assert_eq!(filled(&[whole]), ("head".to_owned(), 0));
        let cells = [lines[0], rect(140.0, 690.0, 240.0, 714.0)];
        assert_eq!(filled(&cells), ("cellhead".to_owned(), 1), "one of the cells is black");
        let frame = [whole, rect(42.0, 692.0, 238.0, 713.0)];
        assert_eq!(filled(&frame), ("cellhead".to_owned(), 0), "its inside may not be painted");
    }

    #[test]
    fn letters_on_their_own_shadow_are_seen() {
        let mut page = page(&[("shadow", 50.0, 700.0, WHITE), ("white", 50.0, 650.0, WHITE)]);
        let rect = |bottom: f32, right: f32| Rect { left: 50.0, right, top: bottom + 10.0, bottom };
        page.take_ink(rect(699.0, 81.0), BLACK);
        page.take_ink(rect(698.0, 80.0), WHITE);
        // A line of other words that goes over the white ones does not show them.
        page.take_ink(rect(648.0, 300.0), BLACK);
        page.take_ink(rect(648.0, 75.0), WHITE);
        assert_eq!(read(&page), "shadow");
        page.paints.iter_mut().for_each(|paint| *paint = Paint::Outlined([255; 3], [0; 3]));
        assert_eq!(read(&page), "shadowwhite");
    }

    #[test]
    fn the_text_layer_of_a_scan_is_read() {
        let mut scan = page(&[("layer", 50.0, 700.0, Paint::Invisible)]);
        let whole = Rect { left: 0.0, right: 600.0, top: 800.0, bottom: 0.0 };
        scan.pictures.push(whole);
        assert_eq!(read(&scan), "layer");
    }

    #[test]
    fn places_of_no_use_are_said() {
        let mut page = page(&[("text", 50.0, 700.0, BLACK), ("far", 9e7, 700.0, BLACK)]);
        assert!(!page.seen().is_damaged);
        page.glyphs.iter_mut().for_each(|glyph| glyph.rect.left = f32::NAN);
        assert!(page.seen().is_damaged);
    }
}
