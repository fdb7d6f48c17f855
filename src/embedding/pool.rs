//! Sessions on threads of their own: one thread each, low priority for passages, so that embedding a
//! library of documents takes only what nobody else wants, and one of normal priority kept for queries.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use thread_priority::{ThreadPriority, set_current_thread_priority};
use tokio::sync::oneshot;

use super::{EmbeddingError, normalised};

/// One loaded model. Used by one thread at a time.
pub(super) trait Session {
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbeddingError>;
}

/// Loads the model; called on the thread that will run it, and again after a panic.
pub(super) type Load = Arc<dyn Fn() -> Result<Box<dyn Session>, EmbeddingError> + Send + Sync>;

/// The way to the threads; they end when it is dropped.
pub(super) struct Pool {
    passages: Sender<Work>,
    queries: Sender<Work>,
    sessions: usize,
    dimension: usize,
}

struct Work {
    text: String,
    reply: oneshot::Sender<Result<Vec<f32>, EmbeddingError>>,
}

impl Pool {
    /// Returns when the session for queries has given a vector; those for passages load meanwhile.
    pub(super) async fn start(load: Load, sessions: usize) -> Result<Self, EmbeddingError> {
        let queries = spawn("embed-query", 1, Priority::Normal, &load)?;
        let passages = spawn("embed", sessions, Priority::Low, &load)?;
        let probe = submit(&queries, "dimension")?;
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
        submit(&self.queries, text)?.await.map_err(|_| EmbeddingError::Stopped)?
    }

    pub(super) async fn passages(
        &self,
        texts: impl Iterator<Item = impl Into<String>>,
    ) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let replies: Vec<_> = texts.map(|text| submit(&self.passages, text)).collect::<Result<_, _>>()?;
        let mut vectors = Vec::with_capacity(replies.len());
        // Leaving early drops the other replies, and with them the work that has not begun.
        for reply in replies {
            vectors.push(reply.await.map_err(|_| EmbeddingError::Stopped)??);
        }
        Ok(vectors)
    }
}

type Reply = oneshot::Receiver<Result<Vec<f32>, EmbeddingError>>;

fn submit(to: &Sender<Work>, text: impl Into<String>) -> Result<Reply, EmbeddingError> {
    let (reply, receiver) = oneshot::channel();
    to.send(Work { text: text.into(), reply }).map_err(|_| EmbeddingError::Stopped)?;
    Ok(receiver)
}

#[derive(Clone, Copy)]
enum Priority {
    Low,
    Normal,
}

fn spawn(name: &str, count: usize, priority: Priority, load: &Load) -> Result<Sender<Work>, EmbeddingError> {
    let (sender, receiver) = channel();
    let queue = Arc::new(Mutex::new(receiver));
    for index in 0..count {
        let (queue, load) = (Arc::clone(&queue), Arc::clone(load));
        thread::Builder::new()
            .name(format!("{name}-{index}"))
            .spawn(move || {
                if matches!(priority, Priority::Low) {
                    lower_priority();
                }
                serve(&queue, &load);
            })
            .map_err(|error| EmbeddingError::Runtime(format!("no thread could be started: {error}")))?;
    }
    Ok(sender)
}

/// 25 of 100 is nice +10 on Linux: about a tenth of the share of a thread at normal priority.
fn lower_priority() {
    if let Ok(low) = 25_u8.try_into()
        && let Err(error) = set_current_thread_priority(ThreadPriority::Crossplatform(low))
    {
        tracing::debug!(?error, "Embedding keeps normal priority");
    }
}

fn serve(queue: &Mutex<Receiver<Work>>, load: &Load) {
    // Loaded ahead of the first text; a failure is reported to whoever asks, and tried again then.
    let mut session = guarded(|| load()).ok();
    loop {
        let work = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Work { text, reply }) = work else { return };
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
    struct Fake(Arc<AtomicUsize>);

    impl Session for Fake {
        fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
            self.0.fetch_add(1, Ordering::SeqCst);
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

    struct Counts {
        loaded: Arc<AtomicUsize>,
        embedded: Arc<AtomicUsize>,
    }

    async fn pool(sessions: usize) -> (Pool, Counts) {
        let counts = Counts { loaded: Arc::default(), embedded: Arc::default() };
        let (loaded, embedded) = (Arc::clone(&counts.loaded), Arc::clone(&counts.embedded));
        let load: Load = Arc::new(move || {
            loaded.fetch_add(1, Ordering::SeqCst);
            Ok(Box::new(Fake(Arc::clone(&embedded))))
        });
        let pool = Pool::start(load, sessions).await.unwrap();
        while counts.loaded.load(Ordering::SeqCst) <= sessions {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        (pool, counts)
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
