//! How the server is asked: so many requests at once, for so long, and again when it was only away for a moment.

use std::future::Future;
use std::time::Duration;

use qdrant_client::{Qdrant, QdrantError};
use tokio::sync::Semaphore;

use super::super::VectorError;
use super::settings::QdrantSettings;

/// Requests under way at once. Writes have places of their own, so that searches need not wait behind an import.
const READS: usize = 64;
const WRITES: usize = 8;
/// All requests can be repeated without harm, and are, when the server or the way to it fails.
const TRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// A server that is asked for too much names a pause; longer than this is for the caller to wait.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The way to one server.
pub(super) struct Calls {
    pub client: Qdrant,
    /// For a read with everything that is repeated.
    timeout: Duration,
    reads: Semaphore,
    writes: Semaphore,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The server, or the way to it, is away.
    Away(String),
    /// There is no such collection.
    Gone,
    /// It does not let us in.
    Refused,
    Other(String),
}

impl Calls {
    pub fn new(settings: &QdrantSettings) -> Result<Self, VectorError> {
        Ok(Self {
            client: settings.client()?,
            timeout: settings.timeout,
            reads: Semaphore::new(READS),
            writes: Semaphore::new(WRITES),
        })
    }

    /// For somebody who waits: ends in time, whatever happens.
    pub async fn read<T, F: Future<Output = Result<T, QdrantError>>>(
        &self,
        request: impl Fn() -> F,
    ) -> Result<T, Failure> {
        let patiently = async {
            let _place = self.reads.acquire().await.map_err(|_| closed())?;
            retrying(request).await
        };
        let late = || Failure::Away(format!("no answer within {} s", self.timeout.as_secs_f32()));
        tokio::time::timeout(self.timeout, patiently).await.unwrap_or_else(|_| Err(late()))
    }

    /// For work in the background: each try may take its time.
    pub async fn write<T, F: Future<Output = Result<T, QdrantError>>>(
        &self,
        request: impl Fn() -> F,
    ) -> Result<T, Failure> {
        let _place = self.writes.acquire().await.map_err(|_| closed())?;
        retrying(request).await
    }
}

async fn retrying<T, F: Future<Output = Result<T, QdrantError>>>(
    request: impl Fn() -> F,
) -> Result<T, Failure> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match request().await {
            Err(error) if is_passing(&error) => {
                // What failed together shall not come back together.
                let spread = pause.mul_f64(0.5 + 0.5 * rand::random::<f64>());
                tokio::time::sleep(spread.max(asked_pause(&error)).min(LONGEST_PAUSE)).await;
            }
            done => return Ok(done?),
        }
        pause *= 3;
    }
    Ok(request().await?)
}

fn asked_pause(error: &QdrantError) -> Duration {
    match error {
        QdrantError::ResourceExhaustedError { retry_after_seconds, .. } => {
            Duration::from_secs(*retry_after_seconds)
        }
        _ => Duration::ZERO,
    }
}

/// Whether the same request may succeed a little later.
fn is_passing(error: &QdrantError) -> bool {
    /// Cancelled, unknown (a connection that broke), deadline exceeded, resource exhausted, aborted, unavailable.
    const PASSING: [i32; 6] = [1, 2, 4, 8, 10, 14];
    match error {
        QdrantError::ResponseError { status } => {
            // The client reports a connection that was never made as an internal error.
            PASSING.contains(&i32::from(status.code())) || status.message().starts_with("Failed to connect")
        }
        QdrantError::ResourceExhaustedError { .. } | QdrantError::Io(_) => true,
        _ => false,
    }
}

impl From<QdrantError> for Failure {
    fn from(error: QdrantError) -> Self {
        const NOT_FOUND: i32 = 5;
        const PERMISSION_DENIED: i32 = 7;
        const UNAUTHENTICATED: i32 = 16;
        let text = match &error {
            // Without the headers of the answer.
            QdrantError::ResponseError { status } => format!("{}: {}", status.code(), status.message()),
            _ => error.to_string(),
        };
        if is_passing(&error) {
            return Self::Away(text);
        }
        let QdrantError::ResponseError { status } = &error else { return Self::Other(text) };
        match i32::from(status.code()) {
            NOT_FOUND => Self::Gone,
            PERMISSION_DENIED | UNAUTHENTICATED => Self::Refused,
            _ => Self::Other(text),
        }
    }
}

impl From<Failure> for VectorError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Away(text) => Self::Unavailable(text),
            Failure::Gone => Self::Unavailable("its collection has gone; it is being made anew".into()),
            Failure::Refused => Self::Unfit("the Qdrant server refuses the key; check QDRANT_API_KEY".into()),
            Failure::Other(text) => Self::Engine(text),
        }
    }
}

fn closed() -> Failure {
    Failure::Away("this process is ending".into())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::super::super::IndexModel;
    use super::*;

    fn calls() -> Calls {
        let model = IndexModel { name: "minilm".into(), dimension: 2 };
        let settings = QdrantSettings {
            timeout: Duration::from_millis(100),
            ..QdrantSettings::new("http://127.0.0.1:1".into(), model)
        };
        Calls::new(&settings).unwrap()
    }

    fn away() -> QdrantError {
        QdrantError::Io(std::io::ErrorKind::ConnectionReset.into())
    }

    #[tokio::test]
    async fn what_fails_in_passing_is_repeated_and_the_rest_is_not() {
        let tries = AtomicU32::new(0);
        let third_time =
            || async { if tries.fetch_add(1, Ordering::Relaxed) < 2 { Err(away()) } else { Ok("done") } };
        assert_eq!(calls().write(third_time).await.unwrap(), "done");
        assert_eq!(tries.load(Ordering::Relaxed), 3);

        let tries = AtomicU32::new(0);
        let wrong = || async {
            tries.fetch_add(1, Ordering::Relaxed);
            Err::<(), _>(QdrantError::ConversionError("wrong".into()))
        };
        assert!(matches!(calls().write(wrong).await, Err(Failure::Other(_))));
        assert_eq!(tries.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_read_ends_in_time_and_a_write_gives_up_after_a_few_tries() {
        let silence = || std::future::pending::<Result<(), QdrantError>>();
        assert!(matches!(calls().read(silence).await, Err(Failure::Away(_))));

        let tries = AtomicU32::new(0);
        let failing = || async {
            tries.fetch_add(1, Ordering::Relaxed);
            Err::<(), _>(away())
        };
        assert!(matches!(calls().write(failing).await, Err(Failure::Away(_))));
        assert_eq!(tries.load(Ordering::Relaxed), TRIES);
    }

    #[tokio::test]
    async fn searches_do_not_wait_behind_writes() {
        let calls = calls();
        let silence = || std::future::pending::<Result<(), QdrantError>>();
        let writes = (0..2 * WRITES).map(|_| calls.write(silence));
        tokio::select! {
            _ = futures_util::future::join_all(writes) => unreachable!("they are never answered"),
            read = calls.read(|| async { Ok(7) }) => assert_eq!(read.unwrap(), 7),
        }
    }
}
