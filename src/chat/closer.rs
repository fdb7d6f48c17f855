//! A closer look at what was found: the likeliest sentences, judged by their meaning and by reading them together with the
//! question, for the answerer and for the decision that there is no answer; and the first passages, read likewise, for that
//! decision.

use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::engine::Inner;
use super::search::{Found, Query};
use docent_domain::Scope;
use docent_models::{Near, Shortlisted, shortlist};
use docent_retrieve::{Look, Sentence};

/// Sentences of one question that are embedded, at most.
const SENTENCES: usize = 16;
/// Passages that are read together with the question, beside these sentences: one takes as long as five to ten of them.
const PASSAGES: usize = 2;

impl Inner {
    /// Looks at the sentences of what was found for each part of a question. It has one limit of time for all of them; what
    /// is not known by then is decided without.
    pub(super) async fn look_closer(&self, scope: &Scope, queries: &[Query], found: &mut [Found]) {
        let limit = self.parts.settings.sentences_timeout;
        if limit.is_zero() || !self.parts.search.looks_closer() {
            return;
        }
        let deadline = Instant::now() + limit;
        let each = SENTENCES.div_ceil(queries.len().max(1));
        for (query, found) in queries.iter().zip(found) {
            let begun = Instant::now();
            let Some(ground) = found.ground.take() else { continue };
            // As they will be quoted: a row is known by the header that an earlier passage has.
            let mended = self.mended(scope, query.project, &found.sources).await;
            let listed = shortlist(&query.text, &mended, |source| ground.is_foreign(source), each);
            if listed.is_empty() {
                continue;
            }
            let sentence = |one: &Shortlisted| Sentence { source: one.source, text: one.embedded.clone() };
            let sentences: Vec<Sentence> = listed.iter().map(sentence).collect();
            // Whether there is an answer at all was measured for whole questions.
            let whole = if queries.len() == 1 { PASSAGES } else { 0 };
            let own = found.sources.iter().enumerate().filter(|(at, _)| !ground.is_foreign(*at));
            let passages: Vec<&str> = own.take(whole).map(|(_, source)| source.content.as_str()).collect();
            let looking = self.parts.search.look_closer(&ground, &sentences, &passages);
            let said = match timeout_at(deadline, looking).await {
                Ok(Ok(Some(look))) => {
                    found.relevant = look.relevant;
                    note_relevance(found, &look);
                    let read = look.read.len();
                    let said = look.cosines.into_iter().zip(look.sentences_read);
                    let near = listed.into_iter().zip(said);
                    found.near =
                        near.map(|(one, (cosine, read))| Near { text: one.text, cosine, read }).collect();
                    (sentences.len(), judged(sentences.len(), read))
                }
                Ok(Ok(None)) => continue,
                Ok(Err(fault)) => {
                    tracing::warn!(error = %fault.chain(), "Sentences could not be judged");
                    (0, "left out: they could not be embedded".to_owned())
                }
                Err(_) => (0, format!("left out: it took more than {} ms", limit.as_millis())),
            };
            note(found, begun.elapsed().as_secs_f64() * 1e3, said);
        }
    }
}

/// What the trace says of a look.
fn judged(sentences: usize, read: usize) -> String {
    let by_meaning = format!("{sentences} sentences by their meaning");
    if read == 0 { by_meaning } else { format!("{by_meaning}, {read} texts read with the question") }
}

/// An entry beside those of the stages of the search: how many sentences were judged, and how.
fn note(found: &mut Found, ms: f64, (left, note): (usize, String)) {
    let ms = (ms * 1_000.0).round() / 1_000.0;
    let entry = json!({ "stage": "sentences", "ms": ms, "left": left, "note": note });
    if let Some(stages) = found.trace.get_mut("stages").and_then(serde_json::Value::as_array_mut) {
        stages.push(entry);
    }
}

/// What decided, beside what is known of the passages.
fn note_relevance(found: &mut Found, look: &Look) {
    if let Some(relevance) = found.trace.get_mut("relevance").and_then(serde_json::Value::as_object_mut) {
        relevance.insert("sentence_apart".to_owned(), json!(look.apart));
        relevance.insert("read".to_owned(), json!(look.read));
        relevance.insert("relevant".to_owned(), json!(look.relevant));
    }
}
