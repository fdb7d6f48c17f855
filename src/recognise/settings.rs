//! How pictures are read, and how far a single one may go.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ppocr::ModelFiles;

/// What [`super::Recognisers`] needs to know.
#[derive(Debug, Clone)]
pub struct RecogniseSettings {
    /// The `docent` binary: children are started as `program recognise-worker`.
    pub program: PathBuf,
    pub models: ModelFiles,
    /// libpdfium, which renders the pages of PDFs.
    pub pdfium: Option<PathBuf>,
    /// Tesseract, for scripts that the models lack.
    pub tesseract: Option<PathBuf>,
    /// Threads of one child.
    pub threads: usize,
    /// Pages read at the same time, by all children.
    pub at_once: usize,
    pub limits: Limits,
}

/// Bounds on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Address space of a child.
    pub memory_bytes: u64,
    /// Processor seconds for one page, of all threads together.
    pub cpu_s_per_page: u64,
    /// The longest time that one page may take.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory_bytes: 3 << 30, cpu_s_per_page: 240, patience: Duration::from_secs(600) }
    }
}

/// What kind of file holds the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Pdf,
    /// PNG, JPEG, TIFF, WebP or BMP: told by its first bytes.
    Picture,
    /// A zip archive with pictures in its text.
    Package(Layout),
}

/// How the text of a package is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    Word,
    Slides,
    Book,
}
