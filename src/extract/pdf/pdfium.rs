//! The second engine: libpdfium, where it is installed. Better on hard fonts and long documents.

use pdfium_render::prelude::{PdfDocument, Pdfium};
use std::path::Path;
use std::sync::OnceLock;

static LIBRARY: OnceLock<Pdfium> = OnceLock::new();

/// Loads the library into this process, before the file system is out of reach. Says whether it is there.
pub(crate) fn load(path: &Path) -> bool {
    let Ok(bindings) = Pdfium::bind_to_library(path) else { return false };
    LIBRARY.set(Pdfium::new(bindings)).is_ok()
}

pub(super) struct Second<'a> {
    document: PdfDocument<'a>,
}

/// `None` without the library, and for whatever it cannot open.
pub(super) fn open(bytes: &[u8]) -> Option<Second<'_>> {
    let document = LIBRARY.get()?.load_pdf_from_byte_slice(bytes, None).ok()?;
    Some(Second { document })
}

impl Second<'_> {
    pub(super) fn pages(&self) -> usize {
        usize::try_from(self.document.pages().len()).unwrap_or(0)
    }

    /// By character: the library's own text of a page is cut at the page's box.
    pub(super) fn text(&self, index: usize) -> Option<String> {
        let index = index.try_into().ok()?;
        let page = self.document.pages().get(index).ok()?;
        let text = page.text().ok()?;
        Some(text.chars().iter().filter_map(|c| c.unicode_char()).collect())
    }
}
