//! Pages of PDFs as pictures, and where their own text stands.

use std::path::Path;
use std::sync::OnceLock;

use pdfium_render::prelude::{PdfDocument, PdfPage, PdfRenderConfig, Pdfium};

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

    pub fn render(&self, index: usize, longest: usize, with_text: bool) -> Result<Rendered, RecogniseError> {
        let failed = |error: pdfium_render::prelude::PdfiumError| RecogniseError::picture(error.to_string());
        let index = index.try_into().map_err(|_| RecogniseError::picture("it has no such page"))?;
        let page = self.document.pages().get(index).map_err(failed)?;
        let (width, height) = (page.width().value, page.height().value);
        let scale = (DOTS_PER_INCH / POINTS_PER_INCH).min(longest as f32 / width.max(height).max(1.0));
        // The library's own grey gives white pages: colours are left as they are.
        let config = PdfRenderConfig::new().scale_page_by_factor(scale).render_form_data(true);
        let bitmap = page.render_with_config(&config).map_err(failed)?;
        let (width, height) = (bitmap.width() as usize, bitmap.height() as usize);
        let rgb = bitmap.as_rgba_bytes().chunks_exact(4).flat_map(|it| [it[0], it[1], it[2]]).collect();
        let picture = Picture::from_rgb(width, height, rgb)
            .ok_or_else(|| RecogniseError::picture("it could not be rendered"))?;
        let text = if with_text { letters(&page, &config) } else { Vec::new() };
        Ok(Rendered { picture, text })
    }
}

fn letters(page: &PdfPage<'_>, config: &PdfRenderConfig) -> Vec<[f32; 4]> {
    let Ok(text) = page.text() else { return Vec::new() };
    let chars = text.chars();
    let seen = chars.iter().filter(|it| it.unicode_char().is_some_and(|it| !it.is_whitespace()));
    let placed = seen.filter_map(|letter| {
        let area = letter.tight_bounds().ok()?;
        let (x, y) = page.points_to_pixels(area.left(), area.top(), config).ok()?;
        let (right, bottom) = page.points_to_pixels(area.right(), area.bottom(), config).ok()?;
        let [x, y, right, bottom] = [x, y, right, bottom].map(|value| value as f32);
        Some([x.min(right), y.min(bottom), x.max(right), y.max(bottom)])
    });
    placed.collect()
}

/// Leaves out words that the page's own text holds already.
pub fn leave_out(found: &mut Found, known: &[[f32; 4]]) {
    if known.is_empty() {
        return;
    }
    let (width, height) = (found.width as f32, found.height as f32);
    let quarter = found.quarter;
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
