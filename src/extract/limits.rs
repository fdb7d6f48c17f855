//! How far a single file may go.

use std::path::PathBuf;
use std::time::Duration;

/// What [`super::Extractors`] needs to know.
#[derive(Debug, Clone)]
pub struct ExtractSettings {
    /// The `docent` binary: children are started as `program extract-worker`.
    pub program: PathBuf,
    /// The libpdfium shared library, as PDF engine, where it is installed. Children work in `/`: an absolute path.
    pub pdfium: Option<PathBuf>,
    /// The embedding model's `tokenizer.json`: its words tell which hyphens at line ends belong to a word.
    pub vocabulary: Option<PathBuf>,
    pub limits: Limits,
}

/// Bounds on one file. The defaults are generous for office documents and deadly for bombs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Address space of a child.
    pub memory_bytes: u64,
    /// Processor seconds a child may take from one page to the next, opening included.
    pub cpu_s_per_page: u64,
    /// Processor seconds of one child in all. A child that got somewhere is followed by another.
    pub cpu_s: u64,
    /// The longest silence of a child while somebody waits for it.
    pub patience: Duration,
    /// The longest time spent waiting for one file, all its children together.
    pub wall_time: Duration,
    pub max_text_chars: u64,
    pub max_pages: u64,
    /// What the parts of an Office file or EPUB may inflate to, counted while inflating.
    pub max_inflated_bytes: u64,
    pub max_archive_entries: u64,
    /// How deep a file may lie in others: an attachment of a mail in an archive is two.
    pub max_depth: u8,
    /// What one compressed stream of a PDF may inflate to.
    pub max_stream_bytes: u64,
    /// Open elements in HTML at one time.
    pub max_nesting: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 1536 << 20,
            cpu_s_per_page: 60,
            cpu_s: 900,
            patience: Duration::from_secs(180),
            wall_time: Duration::from_secs(3600),
            max_text_chars: 50_000_000,
            max_pages: 20_000,
            max_inflated_bytes: 256 << 20,
            max_archive_entries: 10_000,
            max_depth: 3,
            max_stream_bytes: 64 << 20,
            max_nesting: 1000,
        }
    }
}
