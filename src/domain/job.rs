//! Queued work: what there is to do, and the rules by which it is tried again.

use std::time::Duration;

use super::document::words;
use super::ids::{DocumentId, ProjectId};

words! {
    /// Where a run of work stands.
    RunState {
        Queued = "queued",
        Running = "running",
        Done = "done",
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

/// A piece of work. Payloads are ids only; everything else is read fresh when it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Makes documents and chats of an uploaded archive.
    ImportProject { project: ProjectId },
    /// Reads one generation of a document into the index.
    IngestDocument { document: DocumentId, generation: i64 },
    /// Removes a generation that nobody may find any more from index, spool and storage.
    SweepGeneration { document: DocumentId, generation: i64 },
    /// Removes what is left of a deleted project.
    SweepProject { project: ProjectId },
}

impl Job {
    /// The name in the database and on the operators' pages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ImportProject { .. } => "import_project",
            Self::IngestDocument { .. } => "ingest_document",
            Self::SweepGeneration { .. } => "sweep_generation",
            Self::SweepProject { .. } => "sweep_project",
        }
    }
}

/// How often, and after what pause, failed work is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// After so many failures the work rests as failed.
    pub max_attempts: i64,
    /// After so many starts that never came to an end (the process died) it rests as failed, too.
    pub max_starts: i64,
    pub first_pause: Duration,
    pub longest_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl RetryPolicy {
    pub const DEFAULT: Self = Self {
        max_attempts: 5,
        max_starts: 5,
        first_pause: Duration::from_secs(2),
        longest_pause: Duration::from_secs(300),
    };

    /// The pause after the `failures`-th failure (1-based): doubling, capped, and spread over its upper half by
    /// `jitter` (0 to 1) so that what failed together does not come back together.
    pub fn pause(&self, failures: i64, jitter: f64) -> Duration {
        let doublings = u32::try_from(failures.saturating_sub(1).clamp(0, 20)).unwrap_or(20);
        let full = self.first_pause.saturating_mul(2_u32.saturating_pow(doublings)).min(self.longest_pause);
        full.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let policy = RetryPolicy::default();
        let full: Vec<u64> = (1..=9).map(|n| policy.pause(n, 1.0).as_secs()).collect();
        assert_eq!(full, [2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(policy.pause(1, 0.0), Duration::from_secs(1));
    }
}
