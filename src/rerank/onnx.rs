//! A cross-encoder run in this process, on threads of its own.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use docent_embedding::{CrossEncoder, CrossEncoders};
use tokio::sync::oneshot;

use super::{OnnxSettings, RerankError, Reranker, between_0_and_1};

pub(super) struct OnnxReranker {
    name: String,
    work: Sender<Work>,
}

/// One pair to be judged.
struct Work {
    query: Arc<str>,
    passage: String,
    deadline: Instant,
    reply: oneshot::Sender<Result<f32, RerankError>>,
}

impl OnnxReranker {
    /// Returns when each session is loaded.
    pub(super) async fn open(settings: &OnnxSettings) -> Result<Self, RerankError> {
        let (settings, count) = (settings.clone(), settings.sessions.max(1));
        let loading = tokio::task::spawn_blocking(move || {
            let encoders = CrossEncoders::open(&settings.home, &settings.model)?;
            let sessions = (0..count).map(|_| encoders.session()).collect::<Result<Vec<_>, _>>()?;
            Ok::<_, RerankError>((encoders.name().to_owned(), sessions))
        });
        let (name, sessions) = loading.await.map_err(|_| RerankError::Stopped)??;
        let (work, receiver) = channel();
        let queue = Arc::new(Mutex::new(receiver));
        for (index, session) in sessions.into_iter().enumerate() {
            let queue = Arc::clone(&queue);
            let spawned = std::thread::Builder::new()
                .name(format!("rerank-{index}"))
                .spawn(move || serve(&queue, session));
            spawned.map_err(|_| RerankError::Stopped)?;
        }
        Ok(Self { name, work })
    }
}

fn serve(queue: &Mutex<Receiver<Work>>, mut session: CrossEncoder) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Work { query, passage, deadline, reply }) = next else { return };
        if reply.is_closed() {
            continue;
        }
        let score = if Instant::now() >= deadline {
            Err(RerankError::TooLate)
        } else {
            session.score(&query, &passage).map(between_0_and_1).map_err(RerankError::from)
        };
        // Nobody may be waiting any more.
        let _unheard = reply.send(score);
    }
}

#[async_trait]
impl Reranker for OnnxReranker {
    fn name(&self) -> &str {
        &self.name
    }

    async fn rerank(
        &self,
        query: &str,
        passages: &[String],
        deadline: Instant,
    ) -> Result<Vec<f32>, RerankError> {
        let query: Arc<str> = query.into();
        let mut replies = Vec::with_capacity(passages.len());
        for passage in passages {
            let (reply, receiver) = oneshot::channel();
            let work = Work { query: Arc::clone(&query), passage: passage.clone(), deadline, reply };
            self.work.send(work).map_err(|_| RerankError::Stopped)?;
            replies.push(receiver);
        }
        let mut scores = Vec::with_capacity(replies.len());
        for reply in replies {
            scores.push(reply.await.map_err(|_| RerankError::Stopped)??);
        }
        Ok(scores)
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use docent_embedding::CrossEncoderModel;

    use super::*;

    /// A graph that counts the words which question and passage share: small enough to stand among the fixtures.
    async fn overlap(sessions: usize) -> Result<OnnxReranker, RerankError> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let home = std::env::var_os("DOCENT_HOME").map_or_else(|| root.join(".docent"), PathBuf::from);
        let model = CrossEncoderModel::Folder(root.join("fixtures/rerank/overlap"));
        OnnxReranker::open(&OnnxSettings { home, model, sessions }).await
    }

    #[tokio::test]
    async fn passages_are_scored_in_their_order() {
        let reranker = overlap(2).await.unwrap();
        assert_eq!(reranker.name(), "overlap");
        let passages = ["The invoice is due in March", "Kestrels eat voles", "Owls hunt voles"];
        let passages: Vec<String> = passages.iter().cycle().take(30).map(|text| (*text).to_owned()).collect();
        let until = Instant::now() + Duration::from_secs(60);
        let scores = reranker.rerank("What do kestrels eat?", &passages, until).await.unwrap();
        for three in scores.chunks(3) {
            assert!(three[1] > 0.5 && three[0] < 0.5 && three[2] < 0.5, "{three:?}");
        }
        let long = vec!["voles ".repeat(500)];
        reranker.rerank(&"what ".repeat(500), &long, until).await.unwrap();
    }

    #[tokio::test]
    async fn what_would_come_too_late_is_not_begun() {
        let reranker = overlap(1).await.unwrap();
        let passages = vec!["Kestrels eat voles".to_owned()];
        let error = reranker.rerank("kestrels", &passages, Instant::now()).await.unwrap_err();
        assert!(matches!(error, RerankError::TooLate), "{error}");
    }

    #[tokio::test]
    async fn a_folder_without_a_model_is_named() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.docent");
        let model = CrossEncoderModel::Folder("no-such-model".into());
        let Err(error) = OnnxReranker::open(&OnnxSettings { home, model, sessions: 1 }).await else {
            panic!("it opened")
        };
        assert!(error.to_string().contains("no-such-model"), "{error}");
    }
}
