//! What a job is: a file with its body, and with what else changes when its run ends or waits.

use async_trait::async_trait;

use super::Services;
use super::runner::Stop;
use docent_domain::{DocumentId, Fault, Timestamp};
use docent_store::{End, Run, StoreError, Tx};

/// How a job that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Done,
    /// Done, but what it was about went away meanwhile.
    Unwanted,
}

/// One piece of work. It has ids only, reads everything else fresh, and may run twice.
#[async_trait]
pub trait Work: Send + Sync {
    async fn run(&self, services: &Services, run: &Run, stop: &Stop) -> Result<Ended, Fault>;

    /// The document whose state changes with that of the run, and is told.
    fn document(&self) -> Option<DocumentId> {
        None
    }

    /// The run rests, in this transaction; so may what it is about. True if there is something to tell.
    async fn rests(&self, _tx: &mut Tx, _end: End<'_>, _now: Timestamp) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// The run waits for another attempt; `error` is the code and message of what went wrong. True if there is something
    /// to tell.
    async fn waits(
        &self,
        _tx: &mut Tx,
        _error: Option<(&str, &str)>,
        _now: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// It ended [`Ended::Unwanted`].
    async fn unwanted(&self, _tx: &mut Tx, _run: &Run, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
