//! How the sources of an answer were found: for whoever wonders why something is, or is not, among them.

use super::fusion::{ChunkKey, Place};
use super::stage::StageEntry;

/// The account of one search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// Everything that was looked at, best first; what was dropped before it could be ranked comes last.
    pub hits: Vec<TraceHit>,
    /// What each stage did, in their order.
    pub stages: Vec<StageEntry>,
    /// How often the index was asked; more than once when too much of what it found was not to be shown.
    pub rounds: u32,
    /// Hits per branch that the last round asked for.
    pub limit: usize,
    pub timings: Timings,
}

/// What became of one hit.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceHit {
    pub key: ChunkKey,
    pub dense: Option<Place>,
    pub sparse: Option<Place>,
    /// `None` where it was dropped before the branches were joined.
    pub fused: Option<f64>,
    pub fate: Fate,
}

/// Whether a hit became a source, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The n-th source, 1-based.
    Kept(usize),
    Dropped(Reason),
}

/// Why a hit did not become a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The database does not show it (any more): deleted, replaced, given up, or a new version that is still being read.
    NotLive,
    /// Its meaning is too far from the question, and it shares no word with it.
    BelowThreshold,
    /// A better source has the same text.
    Duplicate,
    /// Enough others were better.
    OverTopK,
}

impl Reason {
    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotLive => "not_live",
            Self::BelowThreshold => "below_threshold",
            Self::Duplicate => "duplicate",
            Self::OverTopK => "over_top_k",
        }
    }
}

/// Milliseconds of each step, all rounds together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Timings {
    pub embed_ms: f64,
    pub search_ms: f64,
    pub check_ms: f64,
    pub total_ms: f64,
}
