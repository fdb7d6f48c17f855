//! Removes what is left of a deleted project. Safe to run twice, and safe to run late.

use super::Services;
use super::runner::Ended;
use docent_blobs::BlobKey;
use docent_domain::{Fault, ProjectId};

const ROWS: i64 = 500;

#[tracing::instrument(name = "job.sweep_project", skip_all, fields(project.id = %project))]
pub async fn run(services: &Services, project: ProjectId) -> Result<Ended, Fault> {
    let parts = services.ingest.parts();
    if parts.store.read().await?.project_stands(project).await? {
        tracing::info!("Nothing to do: the project stands");
        return Ok(Ended::Done);
    }
    parts.index.remove_project(project).await?;
    parts.index.settle().await?;
    if let Some(cache) = parts.vectors.cache() {
        cache.remove_project(project).await?;
    }
    loop {
        let batch = parts.store.read().await?.generations_of(project, 50).await?;
        if batch.is_empty() {
            break;
        }
        for (document, generation, blob) in batch {
            // The original first: once the row is gone, nobody remembers it.
            parts.blobs.remove(&BlobKey::parse(&blob)?).await?;
            let mut empty = false;
            while !empty {
                let mut tx = parts.store.begin().await?;
                empty = tx.drop_text(document, generation, ROWS).await?;
                if empty {
                    tx.erase_generation(document, generation).await?;
                }
                tx.commit().await?;
            }
        }
    }
    let mut tx = parts.store.begin().await?;
    tx.erase_project(project).await?;
    tx.commit().await?;
    Ok(Ended::Done)
}
