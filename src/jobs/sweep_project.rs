//! Removes what is left of a deleted project. Safe to run twice, and safe to run late.

use async_trait::async_trait;

use super::Services;
use super::runner::Stop;
use super::work::{Ended, Work};
use docent_blobs::BlobKey;
use docent_domain::{Fault, ProjectId};
use docent_store::Run;

const ROWS: i64 = 500;

pub struct SweepProject {
    pub project: ProjectId,
}

#[async_trait]
impl Work for SweepProject {
    #[tracing::instrument(name = "job.sweep_project", skip_all, fields(project.id = %self.project))]
    async fn run(&self, services: &Services, _run: &Run, _stop: &Stop) -> Result<Ended, Fault> {
        sweep(services, self.project).await
    }
}

async fn sweep(services: &Services, project: ProjectId) -> Result<Ended, Fault> {
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
