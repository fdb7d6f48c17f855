//! A model that notes when it said its first word.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use docent::domain::chat::FinishReason;
use docent::models::{ChatModel, Delta, Deltas, ModelError, ModelStatus, Prompt};
use futures_util::StreamExt;

/// Between the prompt and the first word, as a very quick model would take.
const THINKS: Duration = Duration::from_millis(5);

/// By question, since when there is something to read. Clones share it.
#[derive(Clone, Default)]
pub struct Clocked(Arc<Mutex<HashMap<String, Instant>>>);

impl Clocked {
    pub fn take(&self, question: &str) -> Option<Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(question)
    }
}

#[async_trait]
impl ChatModel for Clocked {
    fn provider(&self) -> &'static str {
        "clocked"
    }

    fn default_model(&self) -> &str {
        "clocked"
    }

    async fn models(&self) -> Result<Vec<String>, ModelError> {
        Ok(vec!["clocked".to_owned()])
    }

    async fn status(&self) -> ModelStatus {
        ModelStatus { connected: true, host: "built in".to_owned(), message: String::new() }
    }

    fn converses(&self) -> bool {
        false
    }

    async fn stream(&self, prompt: Prompt) -> Result<Deltas, ModelError> {
        let first = Arc::clone(&self.0);
        let deltas = async_stream::stream! {
            tokio::time::sleep(THINKS).await;
            first.lock().unwrap_or_else(PoisonError::into_inner).insert(prompt.question, Instant::now());
            for word in ["They ", "eat ", "voles ", "[1]."] {
                yield Ok(Delta::Text(word.to_owned()));
            }
            yield Ok(Delta::Finish(FinishReason::Stop));
        };
        Ok(deltas.boxed())
    }
}
