//! Reads one generation of a document into the index, and keeps the document's row in step with the run.

use super::Services;
use super::runner::{Ended, Stop};
use docent_domain::document::DocumentStatus;
use docent_domain::job::Job;
use docent_domain::{DocumentId, Fault, Timestamp};
use docent_ingest::Outcome;
use docent_store::{End, Run, StoreError, Tx};
use docent_telemetry as telemetry;

#[tracing::instrument(name = "job.ingest_document", skip_all,
    fields(document.id = %document, generation, run.id = %run.id, attempt = run.attempt()))]
pub async fn run(
    services: &Services,
    run: &Run,
    (document, generation): (DocumentId, i64),
    stop: &Stop,
) -> Result<Ended, Fault> {
    match services.ingest.read(run.hold(), document, generation, stop.token()).await {
        Ok(Outcome::Published) => {
            let now = services.ingest.parts().clock.now();
            telemetry::document_finished(DocumentStatus::Completed);
            telemetry::document_published(now.since(run.created_at));
            Ok(Ended::Done)
        }
        // An earlier start may have put points into the index after what it read was swept out of it.
        Ok(Outcome::NothingToDo) if run.fence > 1 => Ok(Ended::Unwanted),
        Ok(Outcome::NothingToDo) => Ok(Ended::Done),
        Ok(Outcome::Unwanted) => Ok(Ended::Unwanted),
        // What goes away under a reading makes it fail in ways that say nothing about the file.
        Err(error) => match services.ingest.is_wanted(document, generation).await {
            Ok(false) => Ok(Ended::Unwanted),
            _ => Err(error.into()),
        },
    }
}

/// The run rests: so does the document. True if there is something to tell.
pub async fn rests(tx: &mut Tx, run: &Run, end: End<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let Job::IngestDocument { document, generation } = run.job else { return Ok(false) };
    tx.rest_document((document, generation), end, now).await?;
    Ok(true)
}

/// The run waits for another attempt: so does the document. True if there is something to tell.
pub async fn waits(
    tx: &mut Tx,
    run: &Run,
    error: Option<(&str, &str)>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Job::IngestDocument { document, generation } = run.job else { return Ok(false) };
    tx.set_waiting(document, generation, error, now).await?;
    Ok(true)
}

/// What was read went away meanwhile. Its removal may have run before the last points came in, so it runs once more.
pub async fn unwanted(tx: &mut Tx, run: &Run, now: Timestamp) -> Result<(), StoreError> {
    if let Job::IngestDocument { document, generation } = run.job {
        tx.enqueue(run.project, &Job::SweepGeneration { document, generation }, now).await?;
    }
    Ok(())
}
