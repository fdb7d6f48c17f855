//! A turn that this process is writing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::log::Log;
use docent_domain::{ChatId, MessageId};

/// Shared by the task that writes it, the keeper that stores it, and whoever may stop it.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) chat: ChatId,
    pub(super) answer: MessageId,
    pub(super) log: Arc<Log>,
    pub(super) stopped: CancellationToken,
    why: OnceLock<Why>,
    trace: Mutex<Option<Value>>,
    /// Tool calls that a client has to answer, by their ids.
    calls: Mutex<HashMap<String, Waiting>>,
    /// What of the log is in the database; whoever writes there holds it.
    pub(super) saved: Arc<tokio::sync::Mutex<Saved>>,
}

/// What a client says of a call: what came of it, or why nothing did.
pub(super) type Said = Result<Value, String>;

#[derive(Debug)]
struct Waiting {
    holder: String,
    answer: oneshot::Sender<Said>,
}

/// A call that is being waited for; forgotten when it is dropped.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    live: &'a Live,
    call: String,
    pub(super) answer: oneshot::Receiver<Said>,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.live.calls().remove(&self.call);
    }
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
    pub(super) marks: usize,
    /// How many of them, if any list.
    pub(super) sources: Option<usize>,
    pub(super) renewed: Instant,
}

impl Live {
    pub(super) fn new(chat: ChatId, answer: MessageId, log: Arc<Log>) -> Arc<Self> {
        let saved = Saved { frames: 0, marks: 0, sources: None, renewed: Instant::now() };
        Arc::new(Self {
            chat,
            answer,
            log,
            stopped: CancellationToken::new(),
            why: OnceLock::new(),
            trace: Mutex::default(),
            calls: Mutex::default(),
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

    pub(super) fn trace(&self) -> Option<Value> {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_trace(&self, trace: Value) {
        *self.trace.lock().unwrap_or_else(PoisonError::into_inner) = Some(trace);
    }

    /// Adds an entry to the trace.
    pub(super) fn note(&self, stage: &str, entry: Value) {
        let mut trace = self.trace.lock().unwrap_or_else(PoisonError::into_inner);
        trace.get_or_insert_with(|| serde_json::json!({}))[stage] = entry;
    }

    /// Waits for a client's word on a call from here on: before the client hears of it, since its answer may come at once.
    pub(super) fn ask(&self, call: &str, holder: &str) -> Asking<'_> {
        let (sender, answer) = oneshot::channel();
        self.calls().insert(call.to_owned(), Waiting { holder: holder.to_owned(), answer: sender });
        Asking { live: self, call: call.to_owned(), answer }
    }

    /// Takes a client's word; false if that is not waited for, or not from this client.
    pub(super) fn answer(&self, call: &str, holder: &str, said: Said) -> bool {
        let mut calls = self.calls();
        if calls.get(call).is_none_or(|waiting| waiting.holder != holder) {
            return false;
        }
        calls.remove(call).is_some_and(|waiting| waiting.answer.send(said).is_ok())
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<String, Waiting>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
