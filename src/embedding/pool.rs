//! Sessions on threads of their own: one thread each, low priority for passages, so that embedding a
//! library of documents takes only what nobody else wants, and one of normal priority kept for queries. Those for passages
//! are loaded when there are some, and give their memory back when there were none for a while.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use thread_priority::{ThreadPriority, set_current_thread_priority};
use tokio::sync::oneshot;

use super::queue::{Next, Queue};
use super::{EmbeddingError, normalised};

/// A session for passages that had nothing to do for so long is dropped.
const IDLE: Duration = Duration::from_secs(60);

/// One loaded model. Used by one thread at a time.
pub(super) trait Session {
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbeddingError>;
}

/// Loads the model; called on the thread that will run it, and again after a panic.
pub(super) type Load = Arc<dyn Fn() -> Result<Box<dyn Session>, EmbeddingError> + Send + Sync>;

/// The way to the threads; they end when it is dropped.
pub(super) struct Pool {
    passages: Line,
    queries: Line,
    sessions: usize,
    dimension: usize,
}

/// The way to some of the threads.
struct Line(Arc<Queue<Work>>);

struct Work {
    text: String,
    reply: oneshot::Sender<Result<Vec<f32>, EmbeddingError>>,
}

impl Pool {
    /// Returns when the session for queries has given a vector.
    pub(super) async fn start(load: Load, sessions: usize) -> Result<Self, EmbeddingError> {
        Self::patient(load, sessions, IDLE).await
    }

    async fn patient(load: Load, sessions: usize, idle: Duration) -> Result<Self, EmbeddingError> {
        let queries = spawn("embed-query", 1, Duty::Queries, &load)?;
        let passages = spawn("embed", sessions, Duty::Passages { idle }, &load)?;
        let probe = queries.submit("dimension");
        let dimension = probe.await.map_err(|_| EmbeddingError::Stopped)??.len();
        Ok(Self { passages, queries, sessions, dimension })
    }

    /// How wide the model's vectors turned out to be.
    pub(super) const fn dimension(&self) -> usize {
        self.dimension
    }

    /// Enough texts that the sessions, which finish at different times, seldom wait for the slowest.
    pub(super) const fn batch(&self) -> usize {
        self.sessions * 16
    }

    pub(super) async fn query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        self.queries.submit(text).await.map_err(|_| EmbeddingError::Stopped)?
    }

    pub(super) async fn passages(
        &self,
        texts: impl Iterator<Item = impl Into<String>>,
    ) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        all(texts.map(|text| self.passages.submit(text)).collect()).await
    }

    /// On the thread for queries, between them: a question waits for one of these texts at most.
    pub(super) async fn sentences(
        &self,
        texts: impl Iterator<Item = impl Into<String>>,
    ) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        all(texts.map(|text| self.queries.submit_behind(text)).collect()).await
    }
}

type Reply = oneshot::Receiver<Result<Vec<f32>, EmbeddingError>>;

async fn all(replies: Vec<Reply>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
    let mut vectors = Vec::with_capacity(replies.len());
    // Leaving early drops the other replies, and with them the work that has not begun.
    for reply in replies {
        vectors.push(reply.await.map_err(|_| EmbeddingError::Stopped)??);
    }
    Ok(vectors)
}

impl Line {
    fn submit(&self, text: impl Into<String>) -> Reply {
        let (reply, receiver) = oneshot::channel();
        self.0.push(Work { text: text.into(), reply });
        receiver
    }

    fn submit_behind(&self, text: impl Into<String>) -> Reply {
        let (reply, receiver) = oneshot::channel();
        self.0.push_behind(Work { text: text.into(), reply });
        receiver
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What a thread is for.
#[derive(Clone, Copy)]
enum Duty {
    /// At normal priority, with a session that is always there.
    Queries,
    /// At low priority, with a session while it is used.
    Passages { idle: Duration },
}

fn spawn(name: &str, count: usize, duty: Duty, load: &Load) -> Result<Line, EmbeddingError> {
    let line = Line(Arc::new(Queue::new()));
    for index in 0..count {
        let (queue, load) = (Arc::clone(&line.0), Arc::clone(load));
        thread::Builder::new()
            .name(format!("{name}-{index}"))
            .spawn(move || {
                if matches!(duty, Duty::Passages { .. }) {
                    lower_priority();
                }
                serve(&queue, &load, duty);
            })
            .map_err(|error| EmbeddingError::Runtime(format!("no thread could be started: {error}")))?;
    }
    Ok(line)
}

/// 25 of 100 is nice +10 on Linux: about a tenth of the share of a thread at normal priority.
fn lower_priority() {
    if let Ok(low) = 25_u8.try_into()
        && let Err(error) = set_current_thread_priority(ThreadPriority::Crossplatform(low))
    {
        tracing::debug!(?error, "Embedding keeps normal priority");
    }
}

fn serve(queue: &Queue<Work>, load: &Load, duty: Duty) {
    let (mut session, patience) = match duty {
        // Loaded ahead of the first text; a failure is reported to whoever asks, and tried again then.
        Duty::Queries => (guarded(|| load()).ok(), None),
        Duty::Passages { idle } => (None, Some(idle)),
    };
    loop {
        let Work { text, reply } = match queue.next(patience.filter(|_| session.is_some())) {
            Next::Work(work) => work,
            Next::Nothing => {
                session = None;
                continue;
            }
            Next::Closed => return,
        };
        if reply.is_closed() {
            continue;
        }
        let result = match session.take().map_or_else(|| guarded(|| load()), Ok) {
            Err(error) => Err(error),
            Ok(mut loaded) => {
                let result = catch_unwind(AssertUnwindSafe(|| loaded.embed(&text)));
                match result {
                    Ok(result) => {
                        session = Some(loaded);
                        result.and_then(normalised)
                    }
                    // What a panic leaves behind is not trusted again: the next text gets a new session.
                    Err(panic) => Err(EmbeddingError::Inference(message(panic.as_ref()))),
                }
            }
        };
        // Nobody may be waiting any more.
        let _unheard = reply.send(result);
    }
}

/// Runs what calls into native libraries and may panic for want of them.
pub(super) fn guarded<T>(run: impl FnOnce() -> Result<T, EmbeddingError>) -> Result<T, EmbeddingError> {
    catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|panic| Err(EmbeddingError::Runtime(message(panic.as_ref()))))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panicked".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    /// Gives [length, 1], and does what the text says.
    struct Fake {
        embedded: Arc<AtomicUsize>,
        dropped: Arc<AtomicUsize>,
    }

    impl Drop for Fake {
        fn drop(&mut self) {
            self.dropped.fetch_add(1, Ordering::SeqCst);
        }
    }

    impl Session for Fake {
        fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
            self.embedded.fetch_add(1, Ordering::SeqCst);
            match text {
                "panic" => panic!("out of range"),
                "nan" => return Ok(vec![f32::NAN, 1.0]),
                "zero" => return Ok(vec![0.0, 0.0]),
                "slow" => thread::sleep(Duration::from_millis(300)),
                _ => {}
            }
            Ok(vec![text.len() as f32, 1.0])
        }
    }

    #[derive(Clone)]
    struct Counts {
        loaded: Arc<AtomicUsize>,
        embedded: Arc<AtomicUsize>,
        dropped: Arc<AtomicUsize>,
    }

    async fn pool(sessions: usize) -> (Pool, Counts) {
        pool_that_waits(sessions, IDLE).await
    }

    async fn pool_that_waits(sessions: usize, idle: Duration) -> (Pool, Counts) {
        let counts = Counts { loaded: Arc::default(), embedded: Arc::default(), dropped: Arc::default() };
        let Counts { loaded, embedded, dropped } = counts.clone();
        let load: Load = Arc::new(move || {
            loaded.fetch_add(1, Ordering::SeqCst);
            Ok(Box::new(Fake { embedded: Arc::clone(&embedded), dropped: Arc::clone(&dropped) }))
        });
        let pool = Pool::patient(load, sessions, idle).await.unwrap();
        (pool, counts)
    }

    #[tokio::test]
    async fn sessions_for_passages_are_there_while_there_are_passages() {
        let (pool, counts) = pool_that_waits(2, Duration::from_millis(1)).await;
        let count = |of: &AtomicUsize| of.load(Ordering::SeqCst);
        assert_eq!(count(&counts.loaded), 1, "the one for queries");
        for round in 1..=3 {
            pool.passages(["one"].into_iter()).await.unwrap();
            assert_eq!(count(&counts.loaded), 1 + round);
            while count(&counts.dropped) < round {
                tokio::task::yield_now().await;
            }
        }
        pool.query("who?").await.unwrap();
        assert_eq!(count(&counts.loaded), 4, "the one for queries stays");
        drop(pool);
        while count(&counts.dropped) < 4 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn vectors_come_in_the_order_of_the_texts_and_have_length_one() {
        let (pool, _) = pool(3).await;
        assert_eq!(pool.dimension(), 2);
        let texts: Vec<String> = (1..100).map(|length| "x".repeat(length)).collect();
        let vectors = pool.passages(texts.iter()).await.unwrap();
        for (text, vector) in texts.iter().zip(&vectors) {
            let length = text.len() as f32;
            assert!((vector[0] / vector[1] - length).abs() < 0.01, "{vector:?}");
            assert!((vector[0].hypot(vector[1]) - 1.0).abs() < 1e-6);
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_next_text_gets_a_new_session() {
        let (pool, counts) = pool(1).await;
        let error = pool.query("panic").await.unwrap_err();
        assert_eq!(error.to_string(), "the model failed on this text: out of range");
        let before = counts.loaded.load(Ordering::SeqCst);
        pool.query("calm").await.unwrap();
        pool.query("calm").await.unwrap();
        assert_eq!(counts.loaded.load(Ordering::SeqCst), before + 1);
    }

    #[tokio::test]
    async fn what_is_no_direction_is_refused() {
        let (pool, _) = pool(1).await;
        for text in ["nan", "zero"] {
            let error = pool.passages(["fine", text].into_iter()).await.unwrap_err();
            assert!(matches!(error, EmbeddingError::NotAVector), "{text}: {error}");
        }
    }

    #[tokio::test]
    async fn a_question_does_not_wait_behind_passages() {
        let (pool, _) = pool(1).await;
        let passages = pool.passages(std::iter::repeat_n("slow", 4));
        let question = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            pool.query("quick").await.unwrap();
        };
        tokio::select! {
            biased;
            () = question => {}
            _ = passages => panic!("the passages were done first"),
        }
    }

    #[tokio::test]
    async fn sentences_wait_for_questions_and_for_no_passages() {
        let (pool, _) = pool(1).await;
        let passages = pool.passages(std::iter::repeat_n("slow", 20));
        let sentences = pool.sentences(std::iter::repeat_n("slow", 4));
        let question = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            pool.query("quick").await.unwrap();
        };
        tokio::pin!(sentences, passages);
        tokio::select! {
            biased;
            () = question => {}
            _ = &mut sentences => panic!("the sentences were done first"),
            _ = &mut passages => panic!("the passages were done first"),
        }
        tokio::select! {
            biased;
            vectors = sentences => assert_eq!(vectors.unwrap().len(), 4),
            _ = passages => panic!("the passages were done first"),
        }
    }

    #[tokio::test]
    async fn dropped_work_is_not_done() {
        let (pool, counts) = pool(1).await;
        let before = counts.embedded.load(Ordering::SeqCst);
        let passages = pool.passages(std::iter::repeat_n("slow", 50));
        tokio::time::timeout(Duration::from_millis(100), passages).await.unwrap_err();
        pool.passages(["last"].into_iter()).await.unwrap();
        assert!(counts.embedded.load(Ordering::SeqCst) - before <= 3);
    }

    #[tokio::test]
    async fn a_model_that_does_not_load_says_why() {
        let load: Load = Arc::new(|| panic!("no such library"));
        let Err(error) = Pool::start(load, 1).await else { panic!("it started") };
        assert_eq!(error.to_string(), "ONNX Runtime could not be started: no such library");
    }
}
