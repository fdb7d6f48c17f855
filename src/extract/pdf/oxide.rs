//! The second engine: pdf_oxide. Pure Rust, reads damaged files, and is always there.

use super::raw::{Area, Paint, RawPage};
use docent_layout::{Glyph, Rect};
use pdf_oxide::PdfDocument;
use pdf_oxide::elements::{PathContent, PathOperation};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) struct Oxide {
    document: PdfDocument,
    pages: usize,
}

/// More paths than this are a drawing.
const MAX_PATHS: usize = 20_000;

/// `None` for whatever it cannot open.
pub(super) fn open(bytes: Vec<u8>) -> Option<Oxide> {
    guarded(|| {
        let document = PdfDocument::from_bytes(bytes).ok()?;
        // Without this, a locked document reads as an empty one.
        if !document.authenticate(b"").unwrap_or(false) {
            return None;
        }
        let pages = document.page_count().ok()?;
        Some(Oxide { document, pages })
    })
}

impl Oxide {
    pub(super) const fn pages(&self) -> usize {
        self.pages
    }

    /// The text as the engine itself puts it together.
    pub(super) fn text(&self, index: usize) -> Option<String> {
        guarded(|| self.document.extract_text(index).ok())
    }

    pub(super) fn has_pictures(&self, index: usize) -> Option<bool> {
        guarded(|| self.document.page_image_handles(index).ok().map(|handles| !handles.is_empty()))
    }

    pub(super) fn page(&self, index: usize) -> Option<RawPage> {
        let chars = guarded(|| self.document.extract_chars(index).ok())?;
        let mut raw = RawPage::default();
        if let Some((left, bottom, right, top)) = guarded(|| self.document.get_page_media_box(index).ok()) {
            raw.shown = Rect { left, right, top, bottom };
        }
        for c in chars {
            // Turned text has its box upright all the same: its place and advance tell where it is.
            let angle = (360.0 - c.rotation_degrees).rem_euclid(360.0);
            let (sin, cos) = angle.to_radians().sin_cos();
            let (x, y) = (c.origin_x, c.origin_y);
            let corner = |along: f32, up: f32| (x + along * cos - up * sin, y + along * sin + up * cos);
            let advance = c.advance_width.max(0.0);
            let corners = [
                corner(0.0, c.descent),
                corner(advance, c.descent),
                corner(0.0, c.ascent),
                corner(advance, c.ascent),
            ];
            let rect = Rect {
                left: corners.iter().map(|it| it.0).fold(f32::MAX, f32::min),
                right: corners.iter().map(|it| it.0).fold(f32::MIN, f32::max),
                top: corners.iter().map(|it| it.1).fold(f32::MIN, f32::max),
                bottom: corners.iter().map(|it| it.1).fold(f32::MAX, f32::min),
            };
            raw.plain.push(c.char);
            raw.glyphs.push(Glyph { c: c.char, rect, base: (x, y), size: c.font_size, angle });
            raw.paints.push(Paint::Unknown);
        }
        for path in
            guarded(|| self.document.extract_paths(index).ok()).unwrap_or_default().iter().take(MAX_PATHS)
        {
            take_path(path, &mut raw);
        }
        Some(raw)
    }
}

fn take_path(path: &PathContent, raw: &mut RawPage) {
    let rect = Rect {
        left: path.bbox.x,
        right: path.bbox.x + path.bbox.width,
        bottom: path.bbox.y,
        top: path.bbox.y + path.bbox.height,
    };
    if rect.width().min(rect.height()) <= 3.0 {
        raw.rules.push(rect);
        return;
    }
    if let Some(color) = &path.fill_color {
        let byte = |share: f32| (share.clamp(0.0, 1.0) * 255.0) as u8;
        raw.areas.push(Area { rect, color: Some([byte(color.r), byte(color.g), byte(color.b)]) });
    }
    let mut at = (0.0, 0.0);
    for operation in path.operations.iter().take(400) {
        match *operation {
            PathOperation::MoveTo(x, y) => at = (x, y),
            PathOperation::LineTo(x, y) => {
                edge(at, (x, y), raw);
                at = (x, y);
            }
            PathOperation::Rectangle(x, y, width, height) => {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                corners.windows(2).for_each(|pair| edge(pair[0], pair[1], raw));
            }
            _ => {}
        }
    }
}

fn edge((x, y): (f32, f32), (u, v): (f32, f32), raw: &mut RawPage) {
    let (width, height) = ((x - u).abs(), (y - v).abs());
    if width.min(height) <= 0.6 && width.max(height) > 3.0 {
        raw.rules.push(Rect { left: x.min(u), right: x.max(u), top: y.max(v), bottom: y.min(v) });
    }
}

/// A panic over one page is that page's trouble.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(None)
}
