//! The first engine: pdf_oxide. Pure Rust, reads damaged files, knows form fields and reading order.

use pdf_oxide::PdfDocument;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) struct Oxide {
    document: PdfDocument,
    pages: usize,
}

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

    pub(super) fn text(&self, index: usize) -> Option<String> {
        guarded(|| self.document.extract_text(index).ok())
    }

    pub(super) fn has_pictures(&self, index: usize) -> Option<bool> {
        guarded(|| self.document.page_image_handles(index).ok().map(|handles| !handles.is_empty()))
    }
}

/// A panic over one page is that page's trouble.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(None)
}
