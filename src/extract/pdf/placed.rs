//! Values of a form, set where they are read with their labels.
//!
//! A field says where it is and what is in it, not how its text stands. A value goes onto the line of the label before it
//! (a mark onto that of the nearest label), and where forms have small captions under or over their fields, behind the
//! caption of its own. Else it stands in the middle of its box.

use super::fields::Field;
use docent_layout::{Glyph, Rect};

/// A label is at most so far from its field, points.
const NEAR: f32 = 140.0;
/// A caption begins where its field does, points.
const SAME_LEFT: f32 = 5.0;
/// And is at most this far from its field's edge, points.
const CAPTION_GAP: f32 = 6.0;
/// Higher fields have several lines.
const MAX_LINE: f32 = 26.0;

/// A run of the page's own characters on one line.
#[derive(Debug)]
struct Label {
    rect: Rect,
    base: f32,
    size: f32,
}

/// Where captions of a form stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// The characters of all values, in their places among those of the page.
pub(super) fn glyphs(fields: &[Field], page: &[Glyph]) -> Vec<Glyph> {
    let labels = if fields.is_empty() { Vec::new() } else { labels(page) };
    let side = caption_side(fields, &labels);
    let mut out = Vec::new();
    for field in fields {
        match line_of(field, fields, &labels, side) {
            Some((base, rect)) => write(&field.text, &rect, base, &mut out),
            None => fill(field, &mut out),
        }
    }
    out
}

/// The line that a value of one line goes onto, and the room that it has there.
fn line_of(field: &Field, fields: &[Field], labels: &[Label], side: Option<Side>) -> Option<(f32, Rect)> {
    let rect = &field.rect;
    if rect.height() > MAX_LINE || field.text.trim().lines().count() > 1 {
        return None;
    }
    if let Some(caption) = side.and_then(|side| caption(field, labels, side)) {
        let left = caption.rect.right + caption.size * 0.5;
        if rect.right - left > caption.size {
            return Some((caption.base, Rect { left, ..*rect }));
        }
    }
    let beside = labels.iter().filter(|it| is_on_line(rect, it));
    let before = |it: &&Label| it.rect.left < rect.left && rect.left - it.rect.right < NEAR;
    let gap = |it: &Label| (rect.left - it.rect.right).abs().min((it.rect.left - rect.right).abs());
    let free = |it: &&Label| !fields.iter().any(|other| is_between(&other.rect, it, rect));
    let is_mark = rect.width() < MAX_LINE;
    let near = |it: &&Label| if is_mark { gap(it) < NEAR * 0.25 } else { before(it) && free(it) };
    let label = beside.filter(near).min_by(|a, b| gap(a).total_cmp(&gap(b)))?;
    Some((label.base, *rect))
}

/// Whether a label's line runs through a field.
fn is_on_line(rect: &Rect, label: &Label) -> bool {
    let middle = label.base + label.size * 0.3;
    rect.bottom - label.size * 0.3 <= label.base && middle <= rect.top + label.size * 0.1
}

/// Whether a field stands between a label and another field.
fn is_between(other: &Rect, label: &Label, rect: &Rect) -> bool {
    let on_line = other.bottom < rect.top - 1.0 && other.top > rect.bottom + 1.0;
    on_line && other.left > label.rect.left && other.right <= rect.left + 1.0
}

fn caption<'a>(field: &Field, labels: &'a [Label], side: Side) -> Option<&'a Label> {
    let rect = &field.rect;
    labels.iter().find(|it| {
        let gap = match side {
            Side::Below => rect.bottom - (it.base + it.size * 0.7),
            Side::Above => it.base - rect.top,
        };
        (it.rect.left - rect.left).abs() <= SAME_LEFT
            && (-it.size * 0.5..=CAPTION_GAP).contains(&gap)
            && it.rect.right <= rect.right + rect.width() * 0.5
    })
}

/// Where the captions stand: on the side where fields have one that have none on the other.
fn caption_side(fields: &[Field], labels: &[Label]) -> Option<Side> {
    let (mut above, mut below) = (0usize, 0usize);
    for field in fields {
        let has = |side| caption(field, labels, side).is_some();
        match (has(Side::Above), has(Side::Below)) {
            (true, false) => above += 1,
            (false, true) => below += 1,
            _ => {}
        }
    }
    match above.cmp(&below) {
        std::cmp::Ordering::Greater => Some(Side::Above),
        std::cmp::Ordering::Less => Some(Side::Below),
        std::cmp::Ordering::Equal => None,
    }
}

fn labels(page: &[Glyph]) -> Vec<Label> {
    let mut upright: Vec<&Glyph> =
        page.iter().filter(|it| it.angle.abs() < 1.0 && !it.c.is_whitespace()).collect();
    upright.sort_by(|a, b| b.base.1.total_cmp(&a.base.1).then(a.rect.left.total_cmp(&b.rect.left)));
    let mut out: Vec<Label> = Vec::new();
    let mut line: Vec<&Glyph> = Vec::new();
    for glyph in upright {
        if line.first().is_some_and(|it| it.base.1 - glyph.base.1 > it.size.min(glyph.size) * 0.2) {
            runs(std::mem::take(&mut line), &mut out);
        }
        line.push(glyph);
    }
    runs(line, &mut out);
    out
}

fn runs(mut line: Vec<&Glyph>, out: &mut Vec<Label>) {
    line.sort_by(|a, b| a.rect.left.total_cmp(&b.rect.left));
    let begun = out.len();
    for glyph in line {
        match out.get_mut(begun..).and_then(<[Label]>::last_mut) {
            Some(label) if glyph.rect.left - label.rect.right < glyph.size.max(label.size) => {
                label.rect.right = label.rect.right.max(glyph.rect.right);
                label.rect.top = label.rect.top.max(glyph.rect.top);
                label.rect.bottom = label.rect.bottom.min(glyph.rect.bottom);
                label.size = label.size.max(glyph.size);
            }
            _ => out.push(Label { rect: glyph.rect, base: glyph.base.1, size: glyph.size }),
        }
    }
}

/// Sets a text into its box, line by line. The font is a guess; the place is not.
fn fill(field: &Field, out: &mut Vec<Glyph>) {
    let rect = &field.rect;
    let lines: Vec<&str> = field.text.lines().filter(|line| !line.trim().is_empty()).collect();
    let count = lines.len().max(1) as f32;
    let size = (rect.height() / count * 0.8).clamp(4.0, 10.0);
    let pitch = (rect.height() / count).max(size * 1.05);
    for (at, line) in lines.iter().enumerate() {
        write(line, rect, rect.top - pitch * (at as f32 + 0.5) - size * 0.3, out);
    }
}

/// Writes a line that begins at the left edge of a box and ends at the right one at the latest.
fn write(line: &str, rect: &Rect, base: f32, out: &mut Vec<Glyph>) {
    let line = line.trim();
    let size = (rect.height() * 0.8).clamp(4.0, 10.0);
    let length = line.chars().count().max(1) as f32;
    let width = (size * 0.5).min(rect.width() / length).max(0.5);
    for (at, c) in line.chars().enumerate() {
        let left = rect.left + width * at as f32;
        let rect = Rect { left, right: left + width, top: base + size * 0.8, bottom: base - size * 0.2 };
        // A narrow box squeezes its letters, and not the space between words.
        out.push(Glyph { c, rect, base: (left, base), size: size.min(width * 2.5), angle: 0.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(texts: &[(&str, f32, f32, f32)]) -> Vec<Glyph> {
        let mut out = Vec::new();
        for (text, left, base, size) in texts {
            for (at, c) in text.chars().enumerate() {
                let left = left + at as f32 * size * 0.5;
                let rect =
                    Rect { left, right: left + size * 0.5, top: base + size * 0.8, bottom: base - 2.0 };
                out.push(Glyph { c, rect, base: (left, *base), size: *size, angle: 0.0 });
            }
        }
        out
    }

    fn field(text: &str, left: f32, bottom: f32, right: f32, top: f32) -> Field {
        Field { text: text.to_owned(), rect: Rect { left, right, top, bottom } }
    }

    /// Where each value begins.
    fn places(fields: &[Field], page: &[Glyph]) -> Vec<(f32, f32)> {
        let each = fields.iter().map(|it| {
            let all = glyphs(fields, page);
            let at: usize =
                fields.iter().take_while(|other| *other != it).map(|it| it.text.chars().count()).sum();
            (all[at].base.0.round(), all[at].base.1.round())
        });
        each.collect()
    }

    #[test]
    fn values_stand_on_the_line_of_their_label() {
        let page = page(&[("name:", 50.0, 702.0, 8.0), ("yes", 50.0, 652.0, 8.0), ("no", 120.0, 652.0, 8.0)]);
        let fields = [
            field("Weber", 100.0, 699.0, 200.0, 713.0),
            field("☒", 70.0, 648.0, 80.0, 660.0),
            field("far off", 100.0, 500.0, 200.0, 514.0),
        ];
        assert_eq!(places(&fields, &page), [(100.0, 702.0), (70.0, 652.0), (100.0, 504.0)]);
    }

    #[test]
    fn values_stand_behind_their_captions() {
        let page = page(&[
            ("name", 100.0, 690.0, 6.0),
            ("first name", 300.0, 690.0, 6.0),
            ("street", 100.0, 664.0, 6.0),
        ]);
        let fields = [
            field("Weber", 100.0, 699.0, 200.0, 713.0),
            field("Anna", 300.0, 699.0, 400.0, 713.0),
            field("Main", 100.0, 672.0, 200.0, 686.0),
        ];
        assert_eq!(places(&fields, &page), [(115.0, 690.0), (333.0, 690.0), (121.0, 664.0)]);
    }
}
