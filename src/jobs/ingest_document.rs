//! Reads one generation of a document into the index, and keeps the document's row in step with the run.

use async_trait::async_trait;

use super::Services;
use super::runner::Stop;
use super::work::{Ended, Work};
use docent_domain::document::DocumentStatus;
use docent_domain::job::Job;
use docent_domain::{DocumentId, Fault, Timestamp};
use docent_ingest::Outcome;
use docent_store::{End, Run, StoreError, Tx};
use docent_telemetry as telemetry;

pub struct IngestDocument {
    pub document: DocumentId,
    pub generation: i64,
}

#[async_trait]
impl Work for IngestDocument {
    #[tracing::instrument(name = "job.ingest_document", skip_all,
        fields(document.id = %self.document, generation = self.generation, run.id = %run.id, attempt = run.attempt()))]
    async fn run(&self, services: &Services, run: &Run, stop: &Stop) -> Result<Ended, Fault> {
        services.room.admits(0)?;
        let (document, generation) = (self.document, self.generation);
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

    fn document(&self) -> Option<DocumentId> {
        Some(self.document)
    }

    /// The document rests, too.
    async fn rests(&self, tx: &mut Tx, end: End<'_>, now: Timestamp) -> Result<bool, StoreError> {
        tx.rest_document((self.document, self.generation), end, now).await?;
        Ok(true)
    }

    /// The document waits, too.
    async fn waits(
        &self,
        tx: &mut Tx,
        error: Option<(&str, &str)>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        tx.set_waiting(self.document, self.generation, error, now).await?;
        Ok(true)
    }

    /// Its removal may have run before the last points came in, so it runs once more.
    async fn unwanted(&self, tx: &mut Tx, run: &Run, now: Timestamp) -> Result<(), StoreError> {
        let job = Job::SweepGeneration { document: self.document, generation: self.generation };
        tx.enqueue(run.project, &job, now).await?;
        Ok(())
    }
}
