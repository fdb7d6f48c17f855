//! Makes documents and chats of an uploaded archive. Each document is read by a job of its own; this one makes it and
//! goes on.

use async_trait::async_trait;

use super::Services;
use super::runner::Stop;
use super::work::{Ended, Work};
use docent_archive::{ArchiveError, Import, Step};
use docent_domain::{Code, Fault, ProjectId, Timestamp};
use docent_ingest::Place;
use docent_store::{End, Run, StoreError, Tx};

pub struct ImportProject {
    pub project: ProjectId,
}

#[async_trait]
impl Work for ImportProject {
    #[tracing::instrument(name = "job.import_project", skip_all,
        fields(project.id = %self.project, run.id = %run.id, attempt = run.attempt()))]
    async fn run(&self, services: &Services, run: &Run, stop: &Stop) -> Result<Ended, Fault> {
        services.room.admits(0)?;
        let project = self.project;
        let parts = services.ingest.parts();
        let with = (parts.store.clone(), parts.blobs.clone(), parts.clock.clone());
        let import = Import::open(with, project, run.hold(), services.archives, stop.token()).await?;
        let Some(mut import) = import else { return Ok(Ended::Done) };
        parts.faults.pass(Place::ImportOpened).await?;
        loop {
            let step = match import.next().await {
                Ok(Some(step)) => step,
                Ok(None) => return Ok(Ended::Done),
                // Hidden, it may come back, and says then why it is not whole. Deleted for good, nobody asks.
                Err(ArchiveError::Deleted) if !parts.store.read().await?.project_stands(project).await? => {
                    return Ok(Ended::Done);
                }
                Err(error) => return Err(error.into()),
            };
            if let Step::Document(document) = step
                && let Err(error) = parts.progress.conclude(document).await.tell().await
            {
                tracing::warn!(%error, "A new document could not be told; the database has it");
            }
            parts.faults.pass(Place::Imported).await?;
        }
    }

    /// The project says why it is not whole.
    async fn rests(&self, tx: &mut Tx, end: End<'_>, _now: Timestamp) -> Result<bool, StoreError> {
        let (code, message) = match end {
            End::Done => return Ok(false),
            End::Cancelled => (Code::Cancelled.name(), "The import was cancelled"),
            End::Failed { code, message } | End::GivenUp { code, message } => (code, message),
        };
        tx.rest_import(self.project, code, message).await?;
        Ok(false)
    }
}
