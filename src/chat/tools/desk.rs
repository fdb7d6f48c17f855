//! What the built-in tools work with: the reader's rights, the chat's project, and a fixed budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::budget::{self, tokens_in};
use crate::engine::Parts;
use crate::live::Live;
use crate::prompt;
use crate::question::Caps;
use crate::search::Search;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault, ProjectId, Scope};
use docent_store::{ForCallers, Store};

/// Sources that stand behind one answer, however many tools are used.
const MOST_SOURCES: usize = 50;

pub(super) struct Desk<'a> {
    pub(super) store: Store<ForCallers>,
    pub(super) search: &'a Arc<dyn Search>,
    pub(super) search_timeout: Duration,
    pub(super) caps: &'a Caps,
    pub(super) top_k: usize,
    pub(super) scope: &'a Scope,
    pub(super) project: ProjectId,
    /// The question is about these alone; tools keep to that.
    pub(super) documents: Option<&'a [DocumentId]>,
    live: &'a Live,
    mark: &'a str,
    /// Tokens that tools may still return.
    left: AtomicUsize,
}

/// What came of a call.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    /// For the model.
    pub(super) told: String,
    /// For people, and for the history.
    pub(super) shown: Value,
}

impl<'a> Desk<'a> {
    pub(super) fn new(parts: &'a Parts, live: &'a Live, plan: &'a Plan, mark: &'a str) -> Self {
        Self {
            store: parts.store.for_callers(),
            search: &parts.search,
            search_timeout: parts.settings.search_timeout,
            caps: &parts.settings.caps,
            top_k: plan.options.top_k.unwrap_or(parts.settings.top_k),
            scope: &plan.scope,
            project: plan.project,
            documents: plan.options.documents.as_deref(),
            live,
            mark,
            left: AtomicUsize::new(parts.settings.budget.tools),
        }
    }

    /// Whether a tool may look at this document; its project and rights are the database's to check.
    pub(super) fn is_wanted(&self, document: DocumentId) -> bool {
        self.documents.is_none_or(|documents| documents.contains(&document))
    }

    /// Numbers passages on after the sources that there are, and gives them to the model; those that were there
    /// before keep their numbers. `more` is said after them.
    pub(super) fn passages(&self, found: Vec<Source>, more: &str) -> Result<Outcome, String> {
        let left = self.left.load(Ordering::Relaxed);
        if found.first().is_some_and(|best| tokens_in(&best.content) > left) {
            return Err(used_up());
        }
        let (found, mut left_out) = budget::fit(found, left);
        let mut known: Vec<String> =
            self.live.log.found().unwrap_or_default().into_iter().map(|source| source.id).collect();
        let (mut new, mut told, mut shown) = (Vec::new(), String::new(), Vec::new());
        for source in found {
            let number = match known.iter().position(|id| *id == source.id) {
                Some(at) => at + 1,
                None if known.len() >= MOST_SOURCES => {
                    left_out.push(source);
                    continue;
                }
                None => {
                    known.push(source.id.clone());
                    new.push(source.clone());
                    known.len()
                }
            };
            told.push_str(&prompt::marked(number, &source, self.mark));
            shown.push(json!({
                "number": number,
                "id": source.id,
                "document_id": source.document.get(),
                "filename": source.filename,
                "page": source.page,
            }));
        }
        if !left_out.is_empty() {
            told.push_str(&format!("{} further passages are left out: there is no room.\n", left_out.len()));
        }
        told.push_str(more);
        self.spend(&told);
        self.live.log.append(new);
        Ok(Outcome { told, shown: json!({ "passages": shown }) })
    }

    /// A result that is data already.
    pub(super) fn given(&self, result: Value) -> Result<Outcome, String> {
        let told = match &result {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if tokens_in(&told) > self.left.load(Ordering::Relaxed) {
            return Err(used_up());
        }
        self.spend(&told);
        Ok(Outcome { told, shown: result })
    }

    fn spend(&self, told: &str) {
        let cost = tokens_in(told);
        // Never an error: the closure always has an answer.
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(cost)));
    }
}

/// Logged here; the model, and with it the reader, learns only that it did not work.
pub(super) fn failed(fault: impl Into<Fault>) -> String {
    let fault = fault.into();
    tracing::warn!(error = %fault.chain(), "A tool failed");
    "that does not work at the moment".to_owned()
}

fn used_up() -> String {
    "there is no room left for what tools return; answer with what you have".to_owned()
}
