//! How the results of a search were found, on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use docent_retrieve::{Fate, Place, Timings, Trace, TraceHit};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Trace)]
pub(super) struct TraceView {
    /// Everything that was looked at, best first.
    hits: Vec<HitView>,
    /// How often the index was asked.
    rounds: u32,
    /// Hits per branch that the last round asked for.
    limit: usize,
    timings: TimingsView,
}

#[derive(Debug, Serialize, ToSchema)]
struct HitView {
    id: String,
    document_id: i64,
    chunk_index: i64,
    /// By meaning.
    dense: Option<PlaceView>,
    /// By words.
    sparse: Option<PlaceView>,
    fused: Option<f64>,
    /// 1-based place among the results.
    kept: Option<usize>,
    /// Why it is not among them: `not_live`, `below_threshold`, `duplicate` or `over_top_k`.
    dropped: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PlaceView {
    /// 1-based.
    rank: usize,
    score: f32,
}

#[derive(Debug, Serialize, ToSchema)]
struct TimingsView {
    embed_ms: f64,
    search_ms: f64,
    check_ms: f64,
    total_ms: f64,
}

impl From<Trace> for TraceView {
    fn from(trace: Trace) -> Self {
        let Timings { embed_ms, search_ms, check_ms, total_ms } = trace.timings;
        Self {
            hits: trace.hits.into_iter().map(HitView::from).collect(),
            rounds: trace.rounds,
            limit: trace.limit,
            timings: TimingsView { embed_ms, search_ms, check_ms, total_ms },
        }
    }
}

impl From<TraceHit> for HitView {
    fn from(hit: TraceHit) -> Self {
        let (kept, dropped) = match hit.fate {
            Fate::Kept(place) => (Some(place), None),
            Fate::Dropped(reason) => (None, Some(reason.name())),
        };
        let key = hit.key;
        Self {
            id: format!("{}:{}:{}", key.document, key.generation, key.position),
            document_id: key.document.get(),
            chunk_index: key.position,
            dense: hit.dense.map(PlaceView::from),
            sparse: hit.sparse.map(PlaceView::from),
            fused: hit.fused,
            kept,
            dropped,
        }
    }
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        Self { rank: place.rank, score: place.score }
    }
}
