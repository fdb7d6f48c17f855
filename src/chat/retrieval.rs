//! The engine's search, done by retrieval, and the account of it as it is stored.

use async_trait::async_trait;
use serde_json::{Value, json};

use super::search::{Found, Query, Search};
use docent_domain::{DocumentId, Fault, Scope};
use docent_retrieve::{
    self as retrieve, Ask, Fate, Ground, Look, Mode, Place, Retriever, Sentence, Signals, StageEntry,
    TraceHit,
};

/// Dropped hits beyond this many are only counted.
const HITS_KEPT: usize = 100;

#[async_trait]
impl Search for Retriever {
    async fn search(&self, scope: &Scope, query: &Query) -> Result<Found, Fault> {
        let ask = Ask {
            project: query.project,
            query: &query.text,
            top_k: query.top_k,
            documents: query.documents.as_deref(),
            mode: Mode::Hybrid,
        };
        let found = Self::search(self, scope, ask).await?;
        let trace = account(&found);
        let retrieve::Found { sources, relevant, doubtful, ground, named, .. } = found;
        Ok(Found { sources, relevant, doubtful, trace, ground, near: Vec::new(), named })
    }

    async fn nearest(&self, query: &Query) -> Result<Vec<(DocumentId, i64, i64)>, Fault> {
        if !self.knows_meaning() {
            return Ok(Vec::new());
        }
        let documents = query.documents.as_deref();
        let hits = Self::nearest(self, query.project, &query.text, documents, query.top_k).await?;
        Ok(hits.into_iter().map(|hit| (hit.document, hit.generation, hit.position)).collect())
    }

    fn looks_closer(&self) -> bool {
        Self::looks_closer(self)
    }

    async fn look_closer(
        &self,
        ground: &Ground,
        sentences: &[Sentence],
        passages: &[&str],
    ) -> Result<Option<Look>, Fault> {
        Ok(Self::look_closer(self, ground, sentences, passages).await?)
    }

    async fn vectors(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, Fault> {
        Ok(Self::vectors(self, texts).await?)
    }
}

/// Branches, fused, kept, dropped and why, timings.
fn account(found: &retrieve::Found) -> Value {
    let trace = &found.trace;
    let timings = trace.timings;
    json!({
        "best_cosine": found.best_cosine,
        "best_sparse": found.best_sparse,
        "rounds": trace.rounds,
        "limit_per_branch": trace.limit,
        "looked_at": trace.hits.len(),
        "stages": trace.stages.iter().map(stage).collect::<Vec<_>>(),
        "relevance": {
            "relevant": found.relevant,
            "doubtful": found.doubtful,
            "names_unknown": found.names_unknown,
            "passages": found.signals.iter().map(signals).collect::<Vec<_>>(),
        },
        "hits": trace.hits.iter().take(HITS_KEPT).map(hit).collect::<Vec<_>>(),
        "timings": {
            "embed_ms": rounded(timings.embed_ms),
            "search_ms": rounded(timings.search_ms),
            "check_ms": rounded(timings.check_ms),
            "total_ms": rounded(timings.total_ms),
        },
    })
}

/// What speaks for a source, and against it.
fn signals(signals: &Signals) -> Value {
    json!({
        "cosine": signals.cosine,
        "coverage": signals.coverage,
        "subject": signals.subject,
        "foreign": signals.foreign,
        "of_another": signals.of_another,
        "outdone": signals.outdone,
    })
}

fn stage(entry: &StageEntry) -> Value {
    json!({
        "stage": entry.stage.name(),
        "ms": rounded(entry.ms),
        "left": entry.left,
        "note": entry.note,
    })
}

fn hit(hit: &TraceHit) -> Value {
    let (kept, dropped) = match hit.fate {
        Fate::Kept(number) => (Some(number), None),
        Fate::Dropped(reason) => (None, Some(reason.name())),
    };
    let key = hit.key;
    json!({
        "id": format!("{}:{}:{}", key.document, key.generation, key.position),
        "document_id": key.document.get(),
        "chunk_index": key.position,
        "dense": hit.dense.map(place),
        "sparse": hit.sparse.map(place),
        "fused": hit.fused,
        "kept": kept,
        "dropped": dropped,
    })
}

fn place(place: Place) -> Value {
    json!({ "rank": place.rank, "score": place.score })
}

fn rounded(ms: f64) -> f64 {
    (ms * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_retrieve::{ChunkKey, Reason, Timings, Trace};

    #[test]
    fn the_account_says_what_became_of_each_hit() {
        let hit = |position, fate| TraceHit {
            key: ChunkKey { document: 7.into(), generation: 1, position },
            dense: Some(Place { rank: 1, score: 0.5 }),
            sparse: None,
            fused: Some(0.25),
            fate,
        };
        let found = retrieve::Found {
            sources: Vec::new(),
            trace: Trace {
                hits: vec![hit(0, Fate::Kept(1)), hit(4, Fate::Dropped(Reason::Duplicate))],
                stages: Vec::new(),
                rounds: 1,
                limit: 50,
                timings: Timings { embed_ms: 1.234_567, ..Timings::default() },
            },
            ground: None,
            best_cosine: Some(0.5),
            best_sparse: None,
            signals: Vec::new(),
            relevant: true,
            doubtful: true,
            names_unknown: false,
            named: Vec::new(),
        };
        let account = account(&found);
        assert_eq!(account["hits"][0]["kept"], 1);
        assert_eq!(account["hits"][1]["dropped"], "duplicate");
        assert_eq!(account["hits"][1]["id"], "7:1:4");
        assert_eq!(account["timings"]["embed_ms"], 1.235);
    }
}
