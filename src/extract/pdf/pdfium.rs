//! The first engine, where it is installed: libpdfium. It knows hard fonts, and how each character is painted.

use super::clips::{Clips, common};
use super::covers::Covers;
use super::raw::{Area, Paint, RULE, RawPage};
use crate::symbols;
use docent_layout::{Glyph, Rect};
use pdfium_render::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

static LIBRARY: OnceLock<Pdfium> = OnceLock::new();

/// Objects of a page that are looked at for rules; a page with more is a drawing.
const MAX_OBJECTS: usize = 20_000;
/// Points of paths that are looked at.
const MAX_POINTS: usize = 60_000;
/// Clip paths of one object that are looked at.
const MAX_CLIPS: u16 = 16;
/// Forms within forms.
const MAX_DEPTH: usize = 6;

/// Loads the library into this process, before the file system is out of reach. Says whether it is there.
pub(crate) fn load(path: &Path) -> bool {
    let Ok(bindings) = Pdfium::bind_to_library(path) else { return false };
    LIBRARY.set(Pdfium::new(bindings)).is_ok()
}

pub(super) struct Engine<'a> {
    document: PdfDocument<'a>,
}

/// `None` without the library, and for whatever it cannot open.
pub(super) fn open(bytes: &[u8]) -> Option<Engine<'_>> {
    let document = LIBRARY.get()?.load_pdf_from_byte_slice(bytes, None).ok()?;
    Some(Engine { document })
}

impl Engine<'_> {
    pub(super) fn pages(&self) -> usize {
        usize::try_from(self.document.pages().len()).unwrap_or(0)
    }

    /// The page by its characters; its own text of a page is cut and joined by rules of its own.
    pub(super) fn page(&self, index: usize) -> Option<RawPage> {
        let page = self.document.pages().get(index.try_into().ok()?).ok()?;
        let mut raw = RawPage { shown: shown(&page), ..RawPage::default() };
        let text = page.text().ok()?;
        let mut origins = Vec::new();
        for c in text.chars().iter() {
            take_char(&c, &mut raw, &mut origins);
        }
        let mut left = Budget { objects: MAX_OBJECTS, points: MAX_POINTS };
        let mut unseen = Unseen::default();
        for object in page.objects().iter() {
            take_object(&object, Place::PAGE, &mut left, &mut raw, &mut unseen);
            if left.objects == 0 {
                // What lies behind the text is not known any more.
                raw.areas.push(Area { rect: raw.shown, color: None });
                break;
            }
        }
        for ((glyph, paint), origin) in raw.glyphs.iter().zip(&mut raw.paints).zip(origins) {
            if unseen.clips.hide(glyph, origin) {
                *paint = Paint::Clipped;
            } else if left.objects > 0 && unseen.covers.hide(glyph, origin) {
                *paint = Paint::Covered;
            }
        }
        Some(raw)
    }
}

/// What of the paper is shown: a crop box reaches no further than the page, and one without any of it counts for nothing.
fn shown(page: &PdfPage<'_>) -> Rect {
    let media = page.boundaries().media().map(|it| from_pdfium(&it.bounds));
    let paper = Rect { left: 0.0, right: page.width().value, top: page.height().value, bottom: 0.0 };
    let media = media.unwrap_or(paper);
    let crop = page.boundaries().crop().map(|it| common(from_pdfium(&it.bounds), media));
    crop.ok().filter(|it| it.width() > 0.0 && it.height() > 0.0).unwrap_or(media)
}

fn from_pdfium(rect: &PdfRect) -> Rect {
    Rect {
        left: rect.left().value,
        right: rect.right().value,
        top: rect.top().value,
        bottom: rect.bottom().value,
    }
}

/// What keeps parts of the text from being seen.
#[derive(Default)]
struct Unseen {
    clips: Clips,
    covers: Covers,
}

/// Takes a character, and where its piece of text begins.
fn take_char(c: &PdfPageTextChar<'_>, raw: &mut RawPage, origins: &mut Vec<Option<(f32, f32)>>) {
    let value = c.unicode_value();
    // A hyphen at the end of a line has a sign of the library's own.
    let is_hyphen = matches!(value, 0x2 | 0xFFFE);
    let Some(mut shape) = (if is_hyphen { Some('-') } else { char::from_u32(value) }) else { return };
    if let Some(sign) = symbol_font(shape, c).and_then(|font| symbols::symbol(font, value)) {
        shape = sign;
    }
    raw.plain.push(shape);
    if !is_hyphen && value != 0x20 && c.is_generated().unwrap_or(false) || value == 0 {
        return;
    }
    let (Ok(bounds), Ok((x, y))) = (c.loose_bounds(), c.origin()) else { return };
    let rect = from_pdfium(&bounds);
    let matrix = c.matrix().ok();
    let (mut size, mut angle) = (c.unscaled_font_size().value, 0.0);
    if let Some(matrix) = matrix {
        let (a, b, c, d) = (matrix.a(), matrix.b(), matrix.c(), matrix.d());
        size *= c.hypot(d);
        angle = if b.abs() < 1e-4 && a > 0.0 { 0.0 } else { b.atan2(a).to_degrees() };
    }
    // Fonts that are drawn by the document itself say nothing about their size.
    let height = if angle.abs() < 45.0 { rect.height() } else { rect.width() };
    if !(size > height * 0.3 && size < height * 4.0) && height > 0.5 {
        size = height;
    }
    raw.glyphs.push(Glyph { c: shape, rect, base: (x.value, y.value), size, angle });
    raw.paints.push(paint(c));
    origins.push(matrix.map(|it| (it.e(), it.f())));
}

/// The font of a character that has only a number of its own there: those of fonts of symbols are known.
fn symbol_font(shape: char, c: &PdfPageTextChar<'_>) -> Option<&'static str> {
    if !('\u{F020}'..='\u{F0FF}').contains(&shape) {
        return None;
    }
    let name = c.font_name().to_ascii_lowercase();
    // The name of a part of a font begins with six letters of its own.
    let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
    match name {
        _ if name.starts_with("wingdings") => Some("Wingdings"),
        _ if name.starts_with("symbol") => Some("Symbol"),
        _ => None,
    }
}

fn paint(c: &PdfPageTextChar<'_>) -> Paint {
    painted(c.render_mode().ok(), || c.fill_color(), || c.stroke_color())
}

fn painted(
    mode: Option<PdfPageTextRenderMode>,
    fill: impl Fn() -> Result<PdfColor, PdfiumError>,
    stroke: impl Fn() -> Result<PdfColor, PdfiumError>,
) -> Paint {
    use PdfPageTextRenderMode::*;
    let color = |color: Result<PdfColor, PdfiumError>| match color {
        Ok(color) if color.alpha() < 8 => Paint::Invisible,
        Ok(color) => Paint::Color([color.red(), color.green(), color.blue()]),
        Err(_) => Paint::Unknown,
    };
    match mode {
        Some(Invisible | InvisibleClipping) => Paint::Invisible,
        Some(StrokedUnfilled | StrokedUnfilledClipping) => color(stroke()),
        Some(FilledThenStroked | FilledThenStrokedClipping) => match (color(fill()), color(stroke())) {
            (Paint::Color(fill), Paint::Color(stroke)) => Paint::Outlined(fill, stroke),
            (Paint::Invisible, stroke) => stroke,
            (fill, _) => fill,
        },
        _ => color(fill()),
    }
}

struct Budget {
    objects: usize,
    points: usize,
}

/// From the coordinates of a form to those of its page.
#[derive(Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(it: &PdfMatrix) -> Self {
        Self([it.a(), it.b(), it.c(), it.d(), it.e(), it.f()])
    }

    /// This one first, then `outer`.
    fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, outer.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn point(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (x * a + y * c + e, x * b + y * d + f)
    }

    fn rect(self, rect: &Rect) -> Rect {
        let (x, y) = self.point(rect.left, rect.bottom);
        let (u, v) = self.point(rect.right, rect.top);
        Rect { left: x.min(u), right: x.max(u), top: y.max(v), bottom: y.min(v) }
    }
}

/// Where the objects of a form stand.
#[derive(Clone, Copy)]
struct Place {
    outer: Matrix,
    /// The part of the page that the form is painted on; all of it if `None`.
    clip: Option<Rect>,
    depth: usize,
    /// Whether what is painted there is mixed with what lies beneath.
    is_glass: bool,
}

impl Place {
    const PAGE: Self = Self { outer: Matrix::IDENTITY, clip: None, depth: 0, is_glass: false };
}

fn take_object(
    object: &PdfPageObject<'_>,
    place: Place,
    left: &mut Budget,
    raw: &mut RawPage,
    unseen: &mut Unseen,
) {
    if left.objects == 0 {
        return;
    }
    left.objects -= 1;
    let outer = place.outer;
    match object {
        PdfPageObject::Text(text) => {
            if let Ok(bounds) = text.bounds() {
                let bounds = outer.rect(&from_pdfium(&bounds.to_rect()));
                let origin = text.matrix().ok().map(|it| outer.point(it.e(), it.f()));
                unseen.clips.text(bounds, clip(object, place, left), origin);
                unseen.covers.text(bounds, origin);
                let paint = painted(Some(text.render_mode()), || text.fill_color(), || text.stroke_color());
                raw.take_ink(bounds, paint);
            }
        }
        PdfPageObject::Path(path) => {
            take_path(path, outer, left, raw);
            if let Some(rect) = opaque_box(path, place) {
                let clip = clip(object, place, left);
                unseen.covers.opaque(clip.map_or(rect, |clip| common(rect, clip)));
            }
        }
        PdfPageObject::Image(image) => {
            if let Ok(bounds) = image.bounds() {
                let rect = outer.rect(&from_pdfium(&bounds.to_rect()));
                raw.pictures.push(rect);
                raw.areas.push(Area { rect, color: None });
            }
        }
        PdfPageObject::Shading(shading) => {
            if let Ok(bounds) = shading.bounds() {
                raw.areas.push(Area { rect: outer.rect(&from_pdfium(&bounds.to_rect())), color: None });
            }
        }
        PdfPageObject::XObjectForm(form) if place.depth < MAX_DEPTH => {
            let inner = form.matrix().map_or(Matrix::IDENTITY, |matrix| Matrix::of(&matrix));
            let clip = clip(object, place, left);
            let is_glass = place.is_glass || form.has_transparency();
            let place = Place { outer: inner.then(outer), clip, depth: place.depth + 1, is_glass };
            for object in form.iter() {
                take_object(&object, place, left, raw, unseen);
            }
        }
        _ => {}
    }
}

/// The box around the part of the page that an object is painted on.
fn clip(object: &PdfPageObject<'_>, place: Place, left: &mut Budget) -> Option<Rect> {
    let Some(path) = object.get_clip_path() else { return place.clip };
    let mut clip = place.clip;
    for index in 0..path.len().min(MAX_CLIPS) {
        let Ok(segments) = path.get(index) else { continue };
        let count = usize::try_from(segments.len()).unwrap_or(usize::MAX);
        if count == 0 || count > left.points {
            continue;
        }
        left.points -= count;
        let points = (0..segments.len()).filter_map(|at| segments.get(at).ok());
        let points = points.map(|it| place.outer.point(it.x().value, it.y().value));
        let around = points.map(|(x, y)| Rect { left: x, right: x, top: y, bottom: y }).reduce(|a, b| Rect {
            left: a.left.min(b.left),
            right: a.right.max(b.right),
            top: a.top.max(b.top),
            bottom: a.bottom.min(b.bottom),
        });
        clip = match (clip, around) {
            (Some(outer), Some(around)) => Some(common(outer, around)),
            (clip, around) => clip.or(around),
        };
    }
    clip
}

fn take_path(path: &PdfPagePathObject<'_>, outer: Matrix, left: &mut Budget, raw: &mut RawPage) {
    let Ok(bounds) = path.bounds() else { return };
    let rect = outer.rect(&from_pdfium(&bounds.to_rect()));
    let filled = !matches!(path.fill_mode(), Ok(PdfPathFillMode::None) | Err(_));
    let stroked = path.is_stroked().unwrap_or(false);
    // A pattern has no colour, and glass is not seen.
    let color = |it: PdfColor| Some([it.red(), it.green(), it.blue()]);
    let (fill, is_seen) = match path.fill_color() {
        Ok(it) if filled => (color(it), it.alpha() > 40),
        Err(_) if filled => (None, true),
        _ => (None, false),
    };
    if !is_seen && !stroked {
        return;
    }
    // The library's boxes are wider than a line by its thickness on each side.
    let width = if stroked { path.stroke_width().map_or(0.0, |it| it.value) } else { 0.0 };
    if rect.width().min(rect.height()) <= RULE.max(width * 2.5) && rect.width().max(rect.height()) > RULE {
        // White rules are seen between cells with a colour; without one they part nothing.
        raw.rules.push(rect);
        return;
    }
    let segments = path.segments();
    let count = usize::try_from(segments.len()).unwrap_or(0);
    let is_counted = count <= left.points;
    let matrix = path.matrix().map_or(Matrix::IDENTITY, |matrix| Matrix::of(&matrix)).then(outer);
    if is_seen {
        let parts = if is_counted { parts(&segments, matrix) } else { vec![rect] };
        raw.take_fill(rect, &parts, fill);
    }
    if !is_counted {
        return;
    }
    left.points -= count;
    let is_shown = stroked || is_seen && fill != Some([255; 3]);
    if is_shown && count <= 400 {
        edges(&segments, matrix, raw);
    }
}

/// The box that a path fills with one opaque colour; `None` for every other path.
fn opaque_box(path: &PdfPagePathObject<'_>, place: Place) -> Option<Rect> {
    if place.is_glass || matches!(path.fill_mode(), Ok(PdfPathFillMode::None) | Err(_)) {
        return None;
    }
    if path.fill_color().ok()?.alpha() < 255 || path.has_transparency() {
        return None;
    }
    let bounds = from_pdfium(&path.bounds().ok()?.to_rect());
    let segments = path.segments();
    if !(4..=6).contains(&segments.len()) || bounds.width().min(bounds.height()) <= RULE {
        return None;
    }
    let matrix = path.matrix().map_or(Matrix::IDENTITY, |matrix| Matrix::of(&matrix));
    let slack = 1.0 + path.stroke_width().map_or(0.0, |it| it.value) * 2.0;
    let is_corner = |segment: &PdfPathSegment<'_>| {
        let (x, y) = segment.point();
        let (x, y) = matrix.point(x.value, y.value);
        let near = |a: f32, b: f32, c: f32| (a - b).abs().min((a - c).abs()) <= slack;
        !matches!(segment.segment_type(), PdfPathSegmentType::BezierTo)
            && near(x, bounds.left, bounds.right)
            && near(y, bounds.bottom, bounds.top)
    };
    segments.iter().all(|it| is_corner(&it)).then(|| place.outer.rect(&bounds))
}

/// The boxes of the parts of a path that do not hang together: all borders of a sheet may be one path.
fn parts(segments: &PdfPagePathObjectSegments<'_>, matrix: Matrix) -> Vec<Rect> {
    let mut parts: Vec<Rect> = Vec::new();
    for segment in segments.iter() {
        let (x, y) = segment.point();
        let (x, y) = matrix.point(x.value, y.value);
        let point = Rect { left: x, right: x, top: y, bottom: y };
        match parts.last_mut() {
            Some(part) if segment.segment_type() != PdfPathSegmentType::MoveTo => {
                part.left = part.left.min(x);
                part.right = part.right.max(x);
                part.top = part.top.max(y);
                part.bottom = part.bottom.min(y);
            }
            _ => parts.push(point),
        }
    }
    parts
}

/// The straight edges of a path.
fn edges(segments: &PdfPagePathObjectSegments<'_>, matrix: Matrix, raw: &mut RawPage) {
    let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
    for segment in segments.iter() {
        let (x, y) = segment.point();
        let to = matrix.point(x.value, y.value);
        match segment.segment_type() {
            PdfPathSegmentType::MoveTo => start = to,
            PdfPathSegmentType::LineTo => edge(at, to, raw),
            _ => {}
        }
        at = to;
        if segment.is_close() {
            edge(at, start, raw);
            at = start;
        }
    }
}

fn edge((x, y): (f32, f32), (u, v): (f32, f32), raw: &mut RawPage) {
    let (width, height) = ((x - u).abs(), (y - v).abs());
    if width.min(height) <= 0.6 && width.max(height) > RULE {
        raw.rules.push(Rect { left: x.min(u), right: x.max(u), top: y.max(v), bottom: y.min(v) });
    }
}
