//! Removes a generation that nobody may find any more. Safe to run twice, and safe to run late.

use async_trait::async_trait;

use super::Services;
use super::runner::Stop;
use super::work::{Ended, Work};
use docent_blobs::BlobKey;
use docent_domain::document::GenerationState;
use docent_domain::{DocumentId, Fault, MessageId, ProjectId};
use docent_store::{Run, Store, StoreError};

/// Rows removed in one transaction.
const ROWS: i64 = 500;

pub struct SweepGeneration {
    pub document: DocumentId,
    pub generation: i64,
}

#[async_trait]
impl Work for SweepGeneration {
    #[tracing::instrument(name = "job.sweep_generation", skip_all,
        fields(document.id = %self.document, generation = self.generation))]
    async fn run(&self, services: &Services, run: &Run, _stop: &Stop) -> Result<Ended, Fault> {
        sweep(services, run.project, (self.document, self.generation)).await
    }
}

/// The original of the newest version stays while the document stands, and those of a few older ones with their passages,
/// which tell what has changed since.
///
/// The index goes first, and for good (what a crash would bring back is no removal); the row that remembers what there
/// is to do goes last.
async fn sweep(
    services: &Services,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> Result<Ended, Fault> {
    let parts = services.ingest.parts();
    let refuse = parts.store.read().await?.refuse(document, generation).await?;
    if let Some(refuse) = &refuse
        && matches!(refuse.state, GenerationState::Open | GenerationState::Live)
    {
        return Ok(Ended::Done);
    }
    parts.index.remove_generation(project, document, generation).await?;
    parts.index.settle().await?;
    let Some(refuse) = refuse else { return Ok(Ended::Done) };
    docent_ingest::forget_words(parts, (document, generation)).await?;
    forget_cited(&parts.store, document).await?;
    if refuse.was_live {
        // The passages go or stay with the original.
        drop_pages(services, (document, generation)).await?;
    } else {
        drop_text(services, (document, generation)).await?;
    }
    let mut tx = parts.store.begin().await?;
    if tx.keeps_original(document, generation, services.versions_kept).await? {
        tx.set_swept(document, generation).await?;
        tx.commit().await?;
        return Ok(Ended::Done);
    }
    drop(tx);
    drop_text(services, (document, generation)).await?;
    let mut tx = parts.store.begin().await?;
    let unused = tx.drop_generation(document, generation, &refuse.blob).await?;
    tx.commit().await?;
    if unused {
        parts.blobs.remove(&BlobKey::parse(&refuse.blob)?).await?;
    }
    Ok(Ended::Done)
}

/// What answers still have of a document's text, if it is deleted.
pub(super) async fn forget_cited(store: &Store, document: DocumentId) -> Result<(), StoreError> {
    let mut after = Some(MessageId::new(0));
    while let Some(message) = after {
        let mut tx = store.begin().await?;
        after = tx.forget_cited(document, message, ROWS).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn drop_pages(services: &Services, (document, generation): (DocumentId, i64)) -> Result<(), Fault> {
    let mut empty = false;
    while !empty {
        let mut tx = services.ingest.parts().store.begin().await?;
        empty = tx.drop_pages(document, generation, ROWS).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn drop_text(services: &Services, (document, generation): (DocumentId, i64)) -> Result<(), Fault> {
    let mut empty = false;
    while !empty {
        let mut tx = services.ingest.parts().store.begin().await?;
        empty = tx.drop_text(document, generation, ROWS).await?;
        tx.commit().await?;
    }
    Ok(())
}
