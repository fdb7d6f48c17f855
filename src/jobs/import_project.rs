//! Makes documents and chats of an uploaded archive. Each document is read by a job of its own; this one makes it and
//! goes on.

use super::Services;
use super::runner::{Ended, Stop};
use docent_archive::{ArchiveError, Import, Step};
use docent_domain::job::Job;
use docent_domain::{Code, Fault, ProjectId};
use docent_ingest::Place;
use docent_store::{End, Run, StoreError, Tx};

#[tracing::instrument(name = "job.import_project", skip_all,
    fields(project.id = %project, run.id = %run.id, attempt = run.attempt()))]
pub async fn run(services: &Services, run: &Run, project: ProjectId, stop: &Stop) -> Result<Ended, Fault> {
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

/// The run rests: whoever looks at the project is told why.
pub async fn rests(tx: &mut Tx, run: &Run, end: End<'_>) -> Result<(), StoreError> {
    let Job::ImportProject { project } = run.job else { return Ok(()) };
    match end {
        End::Done => Ok(()),
        End::Cancelled => tx.rest_import(project, Code::Cancelled.name(), "The import was cancelled").await,
        End::Failed { code, message } | End::GivenUp { code, message } => {
            tx.rest_import(project, code, message).await
        }
    }
}
