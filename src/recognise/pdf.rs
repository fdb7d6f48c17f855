//! Pages of PDFs as pictures, and where their own text stands.

use std::path::Path;
use std::sync::OnceLock;

use pdfium_render::prelude::{
    PdfDocument, PdfPage, PdfPageObject, PdfPageObjectCommon, PdfPageObjectsCommon, PdfPoints, PdfRect,
    PdfRenderConfig, Pdfium,
};

use super::Found;
use super::error::RecogniseError;
use super::picture::Picture;

static LIBRARY: OnceLock<Pdfium> = OnceLock::new();

/// Enough for small print.
const DOTS_PER_INCH: f32 = 300.0;
const POINTS_PER_INCH: f32 = 72.0;

/// Loads the library into this process, before the file system is out of reach.
pub fn load(path: &Path) -> bool {
    let Ok(bindings) = Pdfium::bind_to_library(path) else { return false };
    LIBRARY.set(Pdfium::new(bindings)).is_ok()
}

pub struct Document {
    document: PdfDocument<'static>,
}

/// A page as people see it, and its own letters: left, top, right, bottom in the picture's pixels.
pub struct Rendered {
    pub picture: Picture,
    pub text: Vec<[f32; 4]>,
}

impl Document {
    pub fn open(bytes: &'static [u8]) -> Result<Self, RecogniseError> {
        let library =
            LIBRARY.get().ok_or_else(|| RecogniseError::Unavailable("libpdfium is not there".to_owned()))?;
        let document = library
            .load_pdf_from_byte_slice(bytes, None)
            .map_err(|error| RecogniseError::picture(error.to_string()))?;
        Ok(Self { document })
    }

    /// The page; with `with_text` only those pictures on it that its own text does not cover, and the letters of that.
    /// `None` where nothing is left to look at.
    pub fn render(
        &self,
        index: usize,
        longest: usize,
        with_text: bool,
    ) -> Result<Option<Rendered>, RecogniseError> {
        let failed = |error: pdfium_render::prelude::PdfiumError| RecogniseError::picture(error.to_string());
        let index = index.try_into().map_err(|_| RecogniseError::picture("it has no such page"))?;
        let page = self.document.pages().get(index).map_err(failed)?;
        let letters = if with_text { letters(&page) } else { Vec::new() };
        let areas = if with_text { bare_pictures(&page, &letters) } else { Vec::new() };
        if with_text && areas.is_empty() {
            return Ok(None);
        }
        let (width, height) = (page.width().value, page.height().value);
        let scale = (DOTS_PER_INCH / POINTS_PER_INCH).min(longest as f32 / width.max(height).max(1.0));
        // The library's own grey gives white pages: colours are left as they are.
        let config = PdfRenderConfig::new().scale_page_by_factor(scale).render_form_data(true);
        let bitmap = page.render_with_config(&config).map_err(failed)?;
        let (width, height) = (bitmap.width() as usize, bitmap.height() as usize);
        let rgb = bitmap.as_rgba_bytes().chunks_exact(4).flat_map(|it| [it[0], it[1], it[2]]).collect();
        let mut picture = Picture::from_rgb(width, height, rgb)
            .ok_or_else(|| RecogniseError::picture("it could not be rendered"))?;
        let place = |area: &Area| placed(&page, &config, area);
        if with_text {
            picture.keep_only(&areas.iter().filter_map(place).collect::<Vec<_>>());
        }
        let text = letters.iter().filter_map(place).collect();
        Ok((!picture.is_blank()).then_some(Rendered { picture, text }))
    }
}

/// Left, bottom, right, top, in points.
type Area = [f32; 4];

const fn area(rect: &PdfRect) -> Area {
    [rect.left().value, rect.bottom().value, rect.right().value, rect.top().value]
}

fn letters(page: &PdfPage<'_>) -> Vec<Area> {
    let Ok(text) = page.text() else { return Vec::new() };
    let chars = text.chars();
    let seen = chars.iter().filter(|it| it.unicode_char().is_some_and(|it| !it.is_whitespace()));
    seen.filter_map(|letter| Some(area(&letter.tight_bounds().ok()?))).collect()
}

/// In the pixels of the picture, from the top.
fn placed(page: &PdfPage<'_>, config: &PdfRenderConfig, area: &Area) -> Option<[f32; 4]> {
    let [left, bottom, right, top] = area.map(PdfPoints::new);
    let (x, y) = page.points_to_pixels(left, top, config).ok()?;
    let (other_x, other_y) = page.points_to_pixels(right, bottom, config).ok()?;
    let [x, y, other_x, other_y] = [x, y, other_x, other_y].map(|value| value as f32);
    Some([x.min(other_x), y.min(other_y), x.max(other_x), y.max(other_y)])
}

/// Smaller than this on a side (points) there is no text to be read.
const MIN_SIDE: f32 = 24.0;
/// Letters on a square point, from which on a picture counts as covered: some 300 on a page. A page of text has ten times
/// as many; a stamp or a page number over a scan has fewer.
const COVERED: f32 = 0.0006;
/// Forms within forms are looked into so far.
const MAX_DEPTH: usize = 4;

/// Pictures of the page that little of its text stands on.
fn bare_pictures(page: &PdfPage<'_>, letters: &[Area]) -> Vec<Area> {
    let all = page.objects();
    let objects = all.as_range().filter_map(|index| all.get(index).ok());
    let objects = objects.filter(|object| holds_picture(object, MAX_DEPTH));
    let areas = objects.filter_map(|object| Some(area(&object.bounds().ok()?.to_rect())));
    let (width, height) = (page.width().value, page.height().value);
    let clipped = areas.map(|it| {
        [it[0].max(0.0), it[1].max(0.0), it[2].min(width.max(height)), it[3].min(width.max(height))]
    });
    let bare = clipped.filter(|area| {
        let (width, height) = (area[2] - area[0], area[3] - area[1]);
        let on_it = letters.iter().filter(|letter| {
            let (x, y) = (f32::midpoint(letter[0], letter[2]), f32::midpoint(letter[1], letter[3]));
            x >= area[0] && x <= area[2] && y >= area[1] && y <= area[3]
        });
        width >= MIN_SIDE && height >= MIN_SIDE && (on_it.count() as f32) < COVERED * width * height
    });
    bare.collect()
}

fn holds_picture(object: &PdfPageObject<'_>, depth: usize) -> bool {
    if object.as_image_object().is_some() {
        return true;
    }
    let Some(form) = object.as_x_object_form_object().filter(|_| depth > 0) else { return false };
    let mut inner = form.as_range().filter_map(|index| form.get(index).ok());
    inner.any(|object| holds_picture(&object, depth - 1))
}

/// Leaves out words that the page's own text holds already.
pub fn leave_out(found: &mut Found, known: &[[f32; 4]]) {
    if known.is_empty() {
        return;
    }
    let (width, height) = (found.frame.width as f32, found.frame.height as f32);
    let quarter = found.frame.quarter;
    // The page's size as it was rendered: turned pages have it the other way round.
    let (page_width, page_height) = match quarter.degrees() {
        90 | 270 => (height, width),
        _ => (width, height),
    };
    let covered = |[left, top, right, bottom]: [f32; 4]| {
        let (a, b) =
            (quarter.undo((left / width, top / height)), quarter.undo((right / width, bottom / height)));
        let area = [
            a.0.min(b.0) * page_width,
            a.1.min(b.1) * page_height,
            a.0.max(b.0) * page_width,
            a.1.max(b.1) * page_height,
        ];
        known.iter().any(|letter| {
            let (x, y) = (f32::midpoint(letter[0], letter[2]), f32::midpoint(letter[1], letter[3]));
            x >= area[0] && x <= area[2] && y >= area[1] && y <= area[3]
        })
    };
    for line in &mut found.lines {
        line.keep_words(|area| !covered(area));
    }
    found.lines.retain(|line| !line.text.trim().is_empty());
}
