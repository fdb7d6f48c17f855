//! Questions that are not answered by finding a passage: about the collection itself, of everything there is on a matter,
//! and of what has to be computed from tables.
//!
//! [`kind::of`] tells by rules what a question is; each way either answers it whole, with its sources and an account of what
//! it looked at, or leaves it to the search.

mod about;
mod bullets;
mod by_edition;
mod changes;
mod collection;
mod compute;
mod enumerated;
mod exhaustive;
mod figures;
mod in_parts;
pub(super) mod kind;
mod kind_words;
mod meaning;
mod measures;
mod pieces;
mod reckoned;
mod selection;
mod side_by_side;
mod span;
mod standing;
mod summaries;
mod summary;
mod texts;
mod whereabouts;
mod whole;

pub(super) use by_edition::{holds_editions, is_of_editions};
pub(super) use compute::Fit;
pub(super) use exhaustive::{count_of_found, normal};
pub(super) use kind::asks_for_all;
pub(super) use measures::{Quantity, quantity_in};
pub(super) use selection::{Meant, summary_asked};
pub(super) use summaries::Picked;
pub(super) use summary::SHELF;
pub(super) use texts::{Text, plain};
pub(super) use whereabouts::asked as whereabouts_asked;
pub(super) use whole::Whole;

use serde_json::{Value, json};

use super::engine::Inner;
use super::language::Language;
use super::live::Live;
use super::turn::Plan;
use docent_domain::Fault;
use docent_domain::source::Source;
use docent_store::ShownChunk;
use kind::Kind;

/// An answer that needs no model.
pub(super) struct Told {
    pub(super) text: String,
    /// What its `[n]` point at.
    pub(super) sources: Vec<Source>,
    /// Whether the question could be answered; else it says why not.
    pub(super) answered: bool,
    /// For the trace.
    pub(super) account: Value,
}

impl Inner {
    /// What a way makes of the question before anything is searched.
    pub(super) async fn told_first(
        &self,
        plan: &Plan,
        before: &[&str],
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        if plan.model.is_scripted() {
            return Ok(None);
        }
        if plan.model.quotes()
            && let Some(asked) = summary_asked(&plan.content, before)
        {
            return self.summary(plan, &asked, language).await;
        }
        match kind::of(&plan.content) {
            Kind::Changes(span) => self.changes(plan, &plan.content, &span, 0, language).await,
            Kind::Collection(asked) => self.about_collection(plan, &asked, language).await,
            Kind::More => self.more(plan, before, language).await,
            Kind::About if plan.model.quotes() => self.about(plan, language).await,
            _ => Ok(None),
        }
    }

    /// What a way makes of the question with what the search has found.
    pub(super) async fn told_of(
        &self,
        plan: &Plan,
        found: &[Source],
        language: &Language,
        fit: Fit,
    ) -> Result<Option<Told>, Fault> {
        if plan.model.is_scripted() {
            return Ok(None);
        }
        let kind = kind::of(&plan.content);
        if kind == Kind::List && plan.model.quotes() {
            // A table that says it plainly is the list; else it is made of all passages.
            let listed = self.computed(plan, found, &kind, language, Fit::Plain).await?;
            let listed = match listed {
                None => self.everything(plan, &plan.content, 0, language).await?,
                listed => listed,
            };
            if listed.is_some() {
                return Ok(listed);
            }
        }
        if let Some(told) = self.computed(plan, found, &kind, language, fit).await? {
            return Ok(Some(told));
        }
        if fit == Fit::Doubtful {
            return Ok(None);
        }
        match kind {
            Kind::Count if plan.model.quotes() && !kind::is_stated(&plan.content, found) => {
                self.everything(plan, &plan.content, 0, language).await
            }
            _ => Ok(None),
        }
    }

    /// Notes in the trace which way was taken.
    pub(super) fn note_way(&self, live: &Live, plan: &Plan, way: &str, account: Value) {
        live.note("kind", json!(kind::of(&plan.content).name()));
        live.note("way", json!(way));
        if !account.is_null() {
            live.note("examined", account);
        }
    }
}

/// Nothing was searched, so that nothing can be said of how well it fits.
pub(super) fn source(chunk: &ShownChunk) -> Source {
    Source {
        id: format!("{}:{}:{}", chunk.document_id, chunk.generation, chunk.position),
        content: chunk.text.clone(),
        document: chunk.document_id.into(),
        filename: chunk.filename.clone(),
        generation: chunk.generation,
        page: chunk.page,
        chunk_index: chunk.position,
        start: chunk.start_offset,
        end: chunk.end_offset,
        heading: chunk.heading.clone(),
        score: 1.0,
        partial: chunk.partial,
        deleted: false,
    }
}

/// The number that cites a source among those of an answer, which has it from then on.
pub(super) fn number_in(sources: &mut Vec<Source>, cited: Source) -> usize {
    let known = sources.iter().position(|source| source.id == cited.id);
    known.unwrap_or_else(|| {
        sources.push(cited);
        sources.len() - 1
    }) + 1
}

#[cfg(test)]
mod tests {
    use docent_store::{Shelved, ShownChunk};

    pub(super) fn chunk(position: i64, text: &str) -> ShownChunk {
        ShownChunk {
            document_id: 1,
            generation: 1,
            position,
            filename: "suppliers.md".to_owned(),
            text: text.to_owned(),
            page: None,
            heading: None,
            start_offset: 0,
            end_offset: 0,
            language: None,
            header: None,
            title: None,
            partial: false,
        }
    }

    pub(super) fn shelved(id: i64, filename: &str) -> Shelved {
        Shelved {
            id,
            live_generation: 1,
            filename: filename.to_owned(),
            username: "ann".to_owned(),
            created_at: 0,
            page_count: None,
            format: "md".to_owned(),
            passages: 1,
            partial: false,
        }
    }
}
