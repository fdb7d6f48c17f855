//! Text in pictures.

use super::check::at_least;
use super::declared::declared;
use super::values::OcrMode;

declared! {
    /// Text in pictures.
    Ocr "ocr" {
        /// Whether text in pictures is read: `auto` (where the models are installed) or `off`.
        mode: OcrMode = "auto", OCR;
        /// Threads that look at one page. 0: one per core, at most four.
        threads: usize = 0, OCR_THREADS;
        /// Pages looked at at the same time, by all documents.
        pages_at_once: usize = 1, OCR_PAGES_AT_ONCE, at_least(1);
    }
}
