//! Reading documents into the index.

use super::check::at_least;
use super::declared::declared;

declared! {
    /// Reading documents into the index.
    Ingest "ingest" {
        /// Documents read at the same time.
        concurrency: usize = 2, INGEST_CONCURRENCY, at_least(1);
        /// Tokens in a chunk. 0: as many as the embedding model reads.
        chunk_tokens: usize = 0, INGEST_CHUNK_TOKENS;
        /// Tokens that neighbouring chunks share.
        overlap_tokens: usize = 32, INGEST_OVERLAP_TOKENS;
        /// Failed attempts after which a document rests as failed.
        max_attempts: i64 = 5, INGEST_MAX_ATTEMPTS, at_least(1);
        /// Seconds without a sign of life after which another worker takes over a reading.
        lease_s: u64 = 12, INGEST_LEASE_S;
        /// Older versions of a document that are kept, original and text, to look at, to compare and to go back to. 0: none.
        versions_kept: i64 = 3, VERSIONS_KEPT, at_least(0);
        /// Failures on purpose, for tests: leave it empty.
        faults: String = "", INGEST_FAULTS;
    }
}
