//! A reranker with a time budget that is left alone for a while after it failed: a server that hangs costs a question now
//! and then, and not every one.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{RerankError, Reranker};

/// After a failure nothing is asked for so long.
const REST: Duration = Duration::from_secs(10);

/// Keeps to the budget, whatever the model does.
pub struct Patient {
    reranker: Arc<dyn Reranker>,
    budget: Duration,
    rest: Duration,
    resting_until: Mutex<Option<Instant>>,
}

impl Patient {
    pub fn new(reranker: Arc<dyn Reranker>, budget: Duration) -> Self {
        Self { reranker, budget, rest: REST, resting_until: Mutex::default() }
    }

    pub fn name(&self) -> &str {
        self.reranker.name()
    }

    /// Scores for all passages within the budget, or why there are none.
    pub async fn scores(&self, query: &str, passages: &[String]) -> Result<Vec<f32>, RerankError> {
        if passages.is_empty() {
            return Ok(Vec::new());
        }
        if self.is_resting() {
            return Err(RerankError::Resting);
        }
        let work = self.reranker.rerank(query, passages, Instant::now() + self.budget);
        let scores = match tokio::time::timeout(self.budget, work).await {
            Err(_) => Err(RerankError::TooLate),
            Ok(Ok(scores)) if scores.len() != passages.len() || !scores.iter().all(|one| one.is_finite()) => {
                Err(RerankError::BadAnswer(format!(
                    "{} scores for {} passages",
                    scores.len(),
                    passages.len()
                )))
            }
            Ok(result) => result,
        };
        if scores.is_err() {
            *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(Instant::now() + self.rest);
        }
        scores
    }

    fn is_resting(&self) -> bool {
        let until = *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;

    use super::*;

    /// Scores by length; what the question says goes wrong.
    #[derive(Default)]
    struct Fake(AtomicUsize);

    #[async_trait]
    impl Reranker for Fake {
        fn name(&self) -> &str {
            "fake"
        }

        async fn rerank(
            &self,
            query: &str,
            passages: &[String],
            _: Instant,
        ) -> Result<Vec<f32>, RerankError> {
            self.0.fetch_add(1, Ordering::SeqCst);
            match query {
                "slow" => tokio::time::sleep(Duration::from_secs(60)).await,
                "down" => return Err(RerankError::Unreachable("refused".to_owned())),
                "short" => return Ok(vec![0.5]),
                "nan" => return Ok(vec![f32::NAN; passages.len()]),
                _ => {}
            }
            Ok(passages.iter().map(|passage| passage.len() as f32 / 100.0).collect())
        }
    }

    fn passages() -> Vec<String> {
        vec!["one".to_owned(), "three".to_owned()]
    }

    #[tokio::test]
    async fn what_goes_wrong_is_said_and_the_next_questions_do_not_wait() {
        for (question, said) in [
            ("slow", "the reranker took too long"),
            ("down", "the reranking server cannot be reached: refused"),
            (
                "short",
                "the reranking server answered with something else than scores: 1 scores for 2 passages",
            ),
            ("nan", "the reranking server answered with something else than scores: 2 scores for 2 passages"),
        ] {
            let fake = Arc::new(Fake::default());
            let mut patient = Patient::new(fake.clone(), Duration::from_millis(300));
            patient.rest = Duration::from_millis(50);
            assert_eq!(patient.scores("well", &passages()).await.unwrap(), [0.03, 0.05]);
            assert_eq!(patient.scores(question, &passages()).await.unwrap_err().to_string(), said);
            let error = patient.scores("well", &passages()).await.unwrap_err();
            assert!(matches!(error, RerankError::Resting), "{error}");
            assert_eq!(fake.0.load(Ordering::SeqCst), 2);
            std::thread::sleep(Duration::from_millis(60));
            patient.scores("well", &passages()).await.unwrap();
        }
    }

    #[tokio::test]
    async fn nothing_is_asked_about_no_passages() {
        let fake = Arc::new(Fake::default());
        let patient = Patient::new(fake.clone(), Duration::from_secs(1));
        assert!(patient.scores("well", &[]).await.unwrap().is_empty());
        assert_eq!(fake.0.load(Ordering::SeqCst), 0);
    }
}
