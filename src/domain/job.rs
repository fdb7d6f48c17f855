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

words! {
    /// A queue with slots of its own. Reading large files must not hold up small ones, and reading not cleaning, nor the
    /// other way round.
    Queue {
        Ingest = "ingest",
        /// Small files.
        IngestQuick = "ingest_quick",
        Maintenance = "maintenance",
    }
}

/// The largest file that counts as small, in bytes: a few seconds of work.
pub const QUICK: i64 = 256 << 10;

/// What a piece of work is about, as the database keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    pub project: Option<ProjectId>,
    pub document: Option<DocumentId>,
    pub generation: Option<i64>,
}

/// The name of a kind of work, as a literal: statements are put together from it.
#[macro_export]
macro_rules! job_kind {
    (ImportProject) => {
        "import_project"
    };
    (IngestDocument) => {
        "ingest_document"
    };
    (SweepGeneration) => {
        "sweep_generation"
    };
    (SweepProject) => {
        "sweep_project"
    };
}

macro_rules! jobs {
    ($($(#[$doc:meta])* $variant:ident { $($field:ident: $type:ty),+ } in $queue:ident;)+) => {
        /// A piece of work. Payloads are ids only; everything else is read fresh when it runs.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Job {
            $($(#[$doc])* $variant { $($field: $type),+ },)+
        }

        impl Job {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$($crate::job_kind!($variant)),+];

            /// The name in the database and on the operators' pages.
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $crate::job_kind!($variant),)+ }
            }

            /// Where it waits, unless it is known to be quick.
            pub const fn queue(&self) -> Queue {
                match self { $(Self::$variant { .. } => Queue::$queue,)+ }
            }

            pub fn about(&self) -> About {
                match self {
                    $(Self::$variant { $($field),+ } => {
                        About { $($field: Some(*$field),)+ ..About::default() }
                    })+
                }
            }

            /// The work with that name; `None` if there is no such kind, or something of what it is about is missing.
            pub fn stored(kind: &str, about: About) -> Option<Self> {
                match kind {
                    $($crate::job_kind!($variant) => Some(Self::$variant { $($field: about.$field?),+ }),)+
                    _ => None,
                }
            }
        }
    };
}

jobs! {
    /// Makes documents and chats of an uploaded archive.
    ImportProject { project: ProjectId } in Ingest;
    /// Reads one generation of a document into the index.
    IngestDocument { document: DocumentId, generation: i64 } in Ingest;
    /// Removes a generation that nobody may find any more from index, spool and storage.
    SweepGeneration { document: DocumentId, generation: i64 } in Maintenance;
    /// Removes what is left of a deleted project.
    SweepProject { project: ProjectId } in Maintenance;
}

/// How often, and after what pause, failed work is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// After so many failures the work rests as failed.
    pub max_attempts: i64,
    /// After so many starts that ended in a crash of the process it rests as failed, too.
    pub max_starts: i64,
    /// And after so many kills from outside in a row, without any progress: some crashes look like one.
    pub max_kills: i64,
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
        max_kills: 20,
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
    fn every_kind_is_read_back_from_what_is_stored_of_it() {
        let about = About { project: Some(7.into()), document: Some(8.into()), generation: Some(9) };
        for kind in Job::KINDS {
            let job = Job::stored(kind, about).unwrap();
            assert_eq!(job.kind(), *kind);
            assert_eq!(Job::stored(kind, job.about()), Some(job.clone()));
            assert_eq!(Job::stored(kind, About::default()), None);
        }
        assert_eq!(Job::stored("dream", about), None);
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let policy = RetryPolicy::default();
        let full: Vec<u64> = (1..=9).map(|n| policy.pause(n, 1.0).as_secs()).collect();
        assert_eq!(full, [2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(policy.pause(1, 0.0), Duration::from_secs(1));
    }
}
