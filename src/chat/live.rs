//! A turn that this process is writing.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::log::Log;
use crate::domain::{ChatId, MessageId};

/// Shared by the task that writes it, the keeper that stores it, and whoever may stop it.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) chat: ChatId,
    pub(super) answer: MessageId,
    pub(super) log: Arc<Log>,
    pub(super) stopped: CancellationToken,
    why: OnceLock<Why>,
    trace: Mutex<Option<serde_json::Value>>,
    /// What of the log is in the database; whoever writes there holds it.
    pub(super) saved: Arc<tokio::sync::Mutex<Saved>>,
}

/// Why a turn was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Somebody who may, asked for it.
    Cancelled,
    /// The server stops.
    Interrupted,
    /// Another node thought this one dead and has ended the turn.
    Lost,
}

#[derive(Debug)]
pub(super) struct Saved {
    pub(super) frames: usize,
    pub(super) sources: bool,
    pub(super) renewed: Instant,
}

impl Live {
    pub(super) fn new(chat: ChatId, answer: MessageId, log: Arc<Log>) -> Arc<Self> {
        let saved = Saved { frames: 0, sources: false, renewed: Instant::now() };
        Arc::new(Self {
            chat,
            answer,
            log,
            stopped: CancellationToken::new(),
            why: OnceLock::new(),
            trace: Mutex::default(),
            saved: Arc::new(tokio::sync::Mutex::new(saved)),
        })
    }

    /// The first reason counts.
    pub(super) fn stop(&self, why: Why) {
        // A second reason changes nothing.
        let _ = self.why.set(why);
        self.stopped.cancel();
    }

    pub(super) fn why(&self) -> Why {
        self.why.get().copied().unwrap_or(Why::Interrupted)
    }

    pub(super) fn trace(&self) -> Option<serde_json::Value> {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_trace(&self, trace: serde_json::Value) {
        *self.trace.lock().unwrap_or_else(PoisonError::into_inner) = Some(trace);
    }
}
