//! Documents, the stages of reading one, and what is known about each page.

use super::clock::Timestamp;
use super::fault::Code;
use super::ids::{DocumentId, ProjectId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in the database.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub fn by_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Where a document stands, for whoever uploaded it.
    DocumentStatus {
        Pending = "pending",
        Processing = "processing",
        Completed = "completed",
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

impl DocumentStatus {
    /// Nothing more will happen by itself.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }
}

words! {
    /// Which part of the pipeline a document is in.
    Stage {
        Queued = "queued",
        Extracting = "extracting",
        Chunking = "chunking",
        Embedding = "embedding",
        Indexing = "indexing",
        Done = "done",
    }
}

words! {
    /// What a generation (one reading of one version of a document) is worth.
    GenerationState {
        /// Being built; searches show it, as far as it is, only where its document has no live one.
        Open = "open",
        /// What searches show.
        Live = "live",
        /// Replaced, failed, cancelled or deleted; waits to be swept out of the index.
        Garbage = "garbage",
        /// Out of the index and without text, but its original is kept.
        Swept = "swept",
    }
}

words! {
    /// What extraction found on a page.
    Verdict {
        Text = "text",
        /// A picture of text, read by a recogniser.
        Ocr = "ocr",
        /// Nothing on it at all.
        Empty = "empty",
        /// There is text, but its characters cannot be made out.
        Garbled = "garbled",
        /// Pictures of text, not read.
        NeedsOcr = "needs_ocr",
    }
}

/// A document as its project's members see it. What belongs to a version is that of its newest generation.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub id: DocumentId,
    pub project: ProjectId,
    /// Names it within its project: the same path again is a new version.
    pub path: String,
    pub filename: String,
    pub metadata: serde_json::Value,
    pub status: DocumentStatus,
    pub stage: Stage,
    pub percent: i64,
    pub generation: i64,
    /// The one that searches show, if any.
    pub live_generation: Option<i64>,
    /// The stored original.
    pub blob: String,
    pub sha256: String,
    pub size: i64,
    /// The word for its format.
    pub format: String,
    pub page_count: Option<i64>,
    /// Pages whose passages are found by their words; `None` while searches show an earlier version, or nothing.
    pub searchable_pages: Option<i64>,
    /// To which page passages are found by their meaning, too: what came before its turn counts in its turn.
    pub embedded_pages: Option<i64>,
    pub word_count: i64,
    pub chunk_count: i64,
    pub warnings: Vec<String>,
    pub error: Option<DocumentError>,
    /// How often reading it was begun.
    pub attempts: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub processed_at: Option<Timestamp>,
}

/// One version of a document, as its project's members see it: an original, and what reading it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentVersion {
    /// Numbers the readings of a document; of those of the same bytes only the newest is kept.
    pub generation: i64,
    pub state: GenerationState,
    /// As it was called then.
    pub filename: String,
    /// The stored original.
    pub blob: String,
    pub sha256: String,
    pub size: i64,
    /// The word for its format.
    pub format: String,
    pub page_count: Option<i64>,
    pub word_count: i64,
    pub chunk_count: i64,
    pub created_at: Timestamp,
    /// When searches showed it first; `None` if they never did.
    pub processed_at: Option<Timestamp>,
}

/// Latest values of one document's way through the pipeline. `percent` never goes down within a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentProgress {
    pub document: DocumentId,
    pub project: ProjectId,
    pub filename: String,
    pub status: DocumentStatus,
    pub stage: Stage,
    pub percent: u8,
    /// Grows by one with every published change of this document.
    pub seq: i64,
    /// 1-based; 0 while it has never been started.
    pub attempt: i64,
    pub max_attempts: i64,
    pub pages_done: Option<i64>,
    pub pages_total: Option<i64>,
    pub chunks_done: Option<i64>,
    pub chunks_total: Option<i64>,
    /// Pages whose passages are found by their words; `None` while searches show an earlier version, or nothing.
    pub searchable_pages: Option<i64>,
    /// To which page passages are found by their meaning, too: what came before its turn counts in its turn.
    pub embedded_pages: Option<i64>,
    pub warnings: Vec<String>,
    pub error: Option<DocumentError>,
    /// The page whose picture is being read right now.
    pub recognising: Option<i64>,
    /// 1-based place among the waiting documents of the same project.
    pub queue_position: Option<i64>,
    pub waiting_since: Option<Timestamp>,
}

/// Why a document rests as failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError {
    pub code: Code,
    pub message: String,
}
