//! How a reading ends: what it made becomes what searches show, or garbage.

use super::error::StoreError;
use super::runs::{End, Hold};
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::job::{Job, Queue};
use docent_domain::{DocumentId, Timestamp};

statements! {
    MAKE_LIVE = "
        UPDATE generations
        SET state = 'live', page_count = $3, word_count = $4, chunk_count = $5, warnings = $6, processed_at = $7,
            recipe = $8
        WHERE document_id = $1 AND generation = $2 AND state = 'open'";
    DROP_CHUNKS_FROM = "DELETE FROM chunks WHERE document_id = $1 AND generation = $2 AND position >= $3";
    COMPLETE_DOCUMENT = "
        UPDATE documents
        SET live_generation = $2, status = 'completed', stage = 'done', percent = 100, chunks_done = $3,
            chunks_total = $3, error_code = NULL, error_message = NULL, status_seq = status_seq + 1, updated_at = $4
        WHERE id = $1 AND generation = $2 AND deleted_at IS NULL";
    SUPERSEDE = "
        UPDATE generations SET state = 'garbage'
        WHERE document_id = $1 AND state = 'live' AND generation <> $2
        RETURNING generation, project_id";
    DISCARD = "
        UPDATE generations SET state = 'garbage'
        WHERE document_id = $1 AND generation = $2 AND state = 'open'
        RETURNING project_id";
    REST_DOCUMENT = "
        UPDATE documents
        SET status = $3, error_code = $4, error_message = $5, status_seq = status_seq + 1, updated_at = $6
        WHERE id = $1 AND generation = $2 AND deleted_at IS NULL AND status IN ('pending', 'processing')";
    UNFINISHED = "
        SELECT generation FROM documents
        WHERE id = $1 AND deleted_at IS NULL AND status IN ('pending', 'processing')";
}

/// What a reading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub page_count: i64,
    pub word_count: i64,
    pub chunk_count: i64,
    pub warnings: Vec<String>,
    /// What the points in the index were made with.
    pub recipe: String,
}

/// What became of a wish to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// It is what searches show from now on.
    Live,
    /// The document was deleted, replaced or cancelled meanwhile; nothing changed.
    Unwanted,
    /// The run was taken over by somebody else; nothing changed.
    Lost,
}

/// What became of a wish to cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    Done,
    /// It is under way, and stops within a second; its end is told then.
    Asked,
    NothingToDo,
}

impl<S: Side> Tx<S> {
    /// Ends the reading of a document: at once if it waits, within a second if it is under way.
    pub async fn cancel_document(
        &mut self,
        document: S::Named<DocumentId>,
        now: Timestamp,
    ) -> Result<Cancelled, StoreError> {
        let document = document.id();
        let unfinished = fetch_optional!(self, (i64,), UNFINISHED, document.get())?;
        let Some((generation,)) = unfinished else { return Ok(Cancelled::NothingToDo) };
        if !self.cancel_runs(document, generation, now).await? {
            return Ok(Cancelled::Asked);
        }
        self.rest((document, generation), End::Cancelled, now).await?;
        Ok(Cancelled::Done)
    }

    /// Makes an open generation garbage and queues its removal.
    async fn discard_generation(
        &mut self,
        document: DocumentId,
        generation: i64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let discarded = fetch_optional!(self, (i64,), DISCARD, document.get(), generation)?;
        if let Some((project,)) = discarded {
            self.put(project.into(), &Job::SweepGeneration { document, generation }, Queue::Maintenance, now)
                .await?;
        }
        Ok(())
    }

    /// As [`Tx::rest_document`].
    async fn rest(
        &mut self,
        (document, generation): (DocumentId, i64),
        end: End<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (status, code, message) = match end {
            End::Done => return Ok(()),
            End::Cancelled => ("cancelled", None, None),
            End::Failed { code, message } | End::GivenUp { code, message } => {
                ("failed", Some(code), Some(message))
            }
        };
        execute!(self, REST_DOCUMENT, document.get(), generation, status, code, message, now.micros())?;
        self.discard_generation(document, generation, now).await
    }
}

impl Tx {
    /// Makes a generation what searches show, the one before it garbage, and the run done. Every chunk must be in.
    pub async fn publish_generation(
        &mut self,
        hold: Hold,
        (document, generation): (DocumentId, i64),
        publication: &Publication,
        now: Timestamp,
    ) -> Result<Published, StoreError> {
        if !self.end_run(hold, End::Done, now).await? {
            return Ok(Published::Lost);
        }
        // Left by an earlier attempt under other settings.
        execute!(self, DROP_CHUNKS_FROM, document.get(), generation, publication.chunk_count)?;
        let warnings = serde_json::Value::from(publication.warnings.clone()).to_string();
        let opened = execute!(
            self,
            MAKE_LIVE,
            document.get(),
            generation,
            publication.page_count,
            publication.word_count,
            publication.chunk_count,
            &warnings,
            now.micros(),
            &publication.recipe,
        )?;
        let completed = execute!(
            self,
            COMPLETE_DOCUMENT,
            document.get(),
            generation,
            publication.chunk_count,
            now.micros()
        )?;
        if opened == 0 || completed == 0 {
            return Ok(Published::Unwanted);
        }
        self.forget_wanted(document, generation).await?;
        let superseded = fetch_all!(self, (i64, i64), SUPERSEDE, document.get(), generation)?;
        for (generation, project) in superseded {
            self.enqueue(project.into(), &Job::SweepGeneration { document, generation }, now).await?;
        }
        Ok(Published::Live)
    }

    /// Lets a reading rest as failed or cancelled: the document says why, what was made of it becomes garbage.
    pub async fn rest_document(
        &mut self,
        reading: (DocumentId, i64),
        end: End<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.rest(reading, end, now).await
    }
}
