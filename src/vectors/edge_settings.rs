//! How the embedded index is kept. A program built without that index knows these settings, too, and refuses them.

use std::path::PathBuf;
use std::time::Duration;

use super::IndexModel;

/// Where the index is, and how it is kept.
#[derive(Debug, Clone)]
pub struct EdgeSettings {
    pub folder: PathBuf,
    pub model: IndexModel,
    /// The shortest time between two flushes.
    pub flush_every: Duration,
    /// New points after which the index is reorganised: what is not, makes every further upsert slower.
    pub optimize_after: usize,
    /// Kilobytes of vectors in one segment from which a graph is built over them.
    pub graph_from_kb: usize,
    /// The engine's log is a row of files of this size, of which the older ones can be cut off.
    pub log_piece_bytes: usize,
    /// The engine's log may grow to this before it is cut, which interrupts searches for a moment.
    pub longest_log_bytes: u64,
    /// So much is free on its disk when points are put in, or none are; of a small disk a fortieth.
    pub spare_bytes: u64,
}

impl EdgeSettings {
    /// As measured to serve well.
    pub const fn new(folder: PathBuf, model: IndexModel) -> Self {
        Self {
            folder,
            model,
            flush_every: Duration::from_millis(250),
            optimize_after: 5_000,
            graph_from_kb: 10_000,
            log_piece_bytes: 32 * 1024 * 1024,
            longest_log_bytes: 512 * 1024 * 1024,
            spare_bytes: 8 * 1024 * 1024,
        }
    }
}
