//! A closer look at what was found: the likeliest sentences, judged by their meaning, for the answerer and for the decision
//! that there is no answer.

use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::engine::Inner;
use super::search::{Found, Query};
use docent_models::{Near, shortlist};

/// Sentences of one question that are embedded, at most: twice as many find no more.
const SENTENCES: usize = 8;

impl Inner {
    /// Looks at the sentences of what was found for each part of a question. It has one limit of time for all of them; what
    /// is not known by then is decided without.
    pub(super) async fn look_closer(&self, queries: &[Query], found: &mut [Found]) {
        let limit = self.parts.settings.sentences_timeout;
        if limit.is_zero() || !self.parts.search.looks_closer() {
            return;
        }
        let deadline = Instant::now() + limit;
        let each = SENTENCES.div_ceil(queries.len().max(1));
        for (query, found) in queries.iter().zip(found) {
            let begun = Instant::now();
            let listed = shortlist(&query.text, &found.sources, each);
            let Some(ground) = found.ground.take().filter(|_| !listed.is_empty()) else { continue };
            let texts: Vec<String> = listed.iter().map(|one| one.embedded.clone()).collect();
            let looking = self.parts.search.look_closer(&ground, &texts);
            let left_out = match timeout_at(deadline, looking).await {
                Ok(Ok(Some(look))) => {
                    found.relevant = look.relevant;
                    let near = listed.into_iter().zip(look.cosines);
                    found.near = near.map(|(one, cosine)| Near { text: one.text, cosine }).collect();
                    None
                }
                Ok(Ok(None)) => continue,
                Ok(Err(fault)) => {
                    tracing::warn!(error = %fault.chain(), "Sentences could not be judged");
                    Some("left out: they could not be embedded".to_owned())
                }
                Err(_) => Some(format!("left out: it took more than {} ms", limit.as_millis())),
            };
            let ms = begun.elapsed().as_secs_f64() * 1e3;
            note(found, ms, texts.len(), left_out);
        }
    }
}

/// An entry beside those of the stages of the search.
fn note(found: &mut Found, ms: f64, sentences: usize, left_out: Option<String>) {
    let left = if left_out.is_some() { 0 } else { sentences };
    let note = left_out.unwrap_or_else(|| format!("{sentences} sentences by their meaning"));
    let ms = (ms * 1_000.0).round() / 1_000.0;
    let entry = json!({ "stage": "sentences", "ms": ms, "left": left, "note": note });
    if let Some(stages) = found.trace.get_mut("stages").and_then(serde_json::Value::as_array_mut) {
        stages.push(entry);
    }
}
