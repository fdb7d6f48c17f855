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
