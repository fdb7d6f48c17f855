//! Whether an index that opened without a word holds all that was put into it.
//!
//! Fewer points than there are chunks may be a thrown-away index, and are put there again. A published point without its
//! vector or its words is none that was ever written: the files have lost it, and nothing else in them can be relied on.

use std::collections::HashSet;

use super::context::{Context, language};
use super::error::IngestError;
use docent_domain::{DocumentId, ProjectId};
use docent_store::Store;
use docent_vectors::{Holding, Selection, VectorIndex};

/// Live generations, and chunks, looked up at once.
const ROWS: i64 = 500;

/// What is wrong with an index, and `None` if nothing is.
pub async fn flaw(store: &Store, index: &dyn VectorIndex) -> Result<Option<String>, IngestError> {
    let held = index.holdings().await?;
    let (bare, mute): (Vec<Holding>, Vec<Holding>) =
        (held.iter().copied().filter(is_bare).collect(), held.into_iter().filter(is_mute).collect());
    // First readings under way are found by their words before they have vectors.
    for (project, document, generation) in live_among(store, &bare).await? {
        if lacks_vectors(store, index, project, (document, generation)).await? {
            return Ok(Some(format!("document {document} has lost vectors")));
        }
    }
    for (project, document, generation) in live_among(store, &mute).await? {
        let worded = worded(store, project, (document, generation)).await?;
        let of = |held: &&Holding| (held.document, held.generation) == (document, generation);
        if mute.iter().find(of).is_some_and(|held| held.words < worded.min(held.points)) {
            return Ok(Some(format!("document {document} has lost words")));
        }
    }
    Ok(None)
}

const fn is_bare(held: &Holding) -> bool {
    held.dense < held.points
}

const fn is_mute(held: &Holding) -> bool {
    held.words < held.points
}

/// Those that are published.
async fn live_among(
    store: &Store,
    held: &[Holding],
) -> Result<Vec<(ProjectId, DocumentId, i64)>, IngestError> {
    let wanted: HashSet<(DocumentId, i64)> =
        held.iter().map(|held| (held.document, held.generation)).collect();
    let (mut live, mut after) = (Vec::new(), DocumentId::from(0));
    while !wanted.is_empty() {
        let batch = store.read().await?.generations_to_index(None, after, ROWS).await?;
        let Some((_, last, _)) = batch.last() else { break };
        after = *last;
        live.extend(
            batch.into_iter().filter(|(_, document, generation)| wanted.contains(&(*document, *generation))),
        );
    }
    Ok(live)
}

/// A killed process may have left an older form of a point, which counts and is not found: each point is asked for.
async fn lacks_vectors(
    store: &Store,
    index: &dyn VectorIndex,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> Result<bool, IngestError> {
    let points = index.count(Selection::generation(project, document, generation)).await?;
    let chunks = store.read().await?.count_chunks(document, generation).await?;
    let (mut embedded, mut next) = (0, 0);
    while next < chunks {
        let positions: Vec<i64> = (next..chunks.min(next + ROWS)).collect();
        next += ROWS;
        embedded += index.points(project, document, generation, &positions).await?.len() as u64;
    }
    Ok(embedded < points)
}

/// How many chunks of a generation have a word: a row of dots has none.
async fn worded(
    store: &Store,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> Result<u64, IngestError> {
    let Some(context) = Context::load(store, project, (document, generation)).await? else { return Ok(0) };
    let (mut worded, mut next) = (0, 0);
    loop {
        let chunks = store.read().await?.chunks_from(document, generation, next, ROWS).await?;
        let Some(last) = chunks.last() else { return Ok(worded) };
        next = last.position + 1;
        let has_words = chunks
            .iter()
            .filter(|chunk| !context.weights(&context.fields(chunk, language(chunk))).is_empty());
        worded += has_words.count() as u64;
    }
}
