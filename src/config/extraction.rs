//! What the process that reads a file may use.

use super::declared::declared;

declared! {
    /// What the process that reads a file may use.
    Extraction "extraction" {
        /// Megabytes of memory for the process that reads a file.
        memory_mb: u64 = 1536, EXTRACTION_MEMORY_MB;
        /// Seconds of processor time for one file.
        cpu_s: u64 = 900, EXTRACTION_CPU_S;
        /// Seconds that one file may take in all.
        wall_s: u64 = 3600, EXTRACTION_WALL_S;
        /// Characters of text that one file may hold.
        max_chars: u64 = 50000000, EXTRACTION_MAX_CHARS;
        /// Pages that one file may have.
        max_pages: u64 = 20000, EXTRACTION_MAX_PAGES;
    }
}
