//! Any server with an OpenAI-compatible `/v1/embeddings`: OpenAI, Ollama, vLLM, llama.cpp, LM Studio …

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use super::{Embedder, EmbeddingError, ModelInfo, OpenAiSettings, TokenCounter, normalised};
use docent_domain::mask;

/// 256 vectors of 4,096 dimensions, written out in full, are 25 MB; more than this is not an answer.
const MAX_ANSWER_BYTES: usize = 64 << 20;
/// A server that asks for more patience gets an error instead, and the caller tries later.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(10);
const QUERIES_IN_FLIGHT: usize = 32;
/// Characters below which a text is not cut any more: the server means something else.
const SHORTEST_CUT: usize = 100;
/// Bytes of a refusal that are looked at.
const EXCERPT: usize = 2048;

pub(super) async fn open(settings: &OpenAiSettings) -> Result<Arc<dyn Embedder>, EmbeddingError> {
    let mut remote = Remote::new(settings)?;
    // Asked only when it must be: a server that is away at the start keeps nobody else from starting.
    if settings.dimension.is_none() {
        remote.info.dimension = 0;
        remote.info.dimension = remote.request(&["dimension".to_owned()]).await?[0].len();
    }
    Ok(Arc::new(remote))
}

struct Remote {
    info: ModelInfo,
    counter: TokenCounter,
    settings: OpenAiSettings,
    endpoint: String,
    client: Client,
    queries: Semaphore,
    passages: Semaphore,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [String],
    encoding_format: &'static str,
}

/// Only what is needed, and lenient about the rest: servers differ.
#[derive(Deserialize)]
struct Answer {
    data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    index: Option<usize>,
    embedding: Vec<f32>,
}

/// A failed try, and whether another may help.
struct Failure {
    error: EmbeddingError,
    again: Again,
}

enum Again {
    No,
    Soon,
    After(Duration),
}

#[async_trait]
impl Embedder for Remote {
    fn info(&self) -> &ModelInfo {
        &self.info
    }

    async fn query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        let _turn = self.queries.acquire().await.map_err(|_| EmbeddingError::Stopped)?;
        let mut vectors = self.request(&[text.to_owned()]).await?;
        vectors.pop().ok_or(EmbeddingError::NotAVector)
    }

    async fn passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let batches: Vec<Vec<String>> = texts.chunks(self.settings.batch.max(1)).map(<[_]>::to_vec).collect();
        let requests = stream::iter(batches).map(|batch| async move {
            let _turn = self.passages.acquire().await.map_err(|_| EmbeddingError::Stopped)?;
            self.request(&batch).await
        });
        let vectors: Vec<_> = requests.buffered(self.settings.in_flight.max(1)).try_collect().await?;
        Ok(vectors.into_iter().flatten().collect())
    }

    fn batch(&self) -> usize {
        self.settings.batch.max(1) * self.settings.in_flight.max(1)
    }

    fn tokenizer(&self) -> &TokenCounter {
        &self.counter
    }
}

impl Remote {
    fn new(settings: &OpenAiSettings) -> Result<Self, EmbeddingError> {
        let broken = |reason: String| EmbeddingError::Model { model: settings.model.clone(), reason };
        let mut headers = HeaderMap::new();
        if let Some(key) = &settings.api_key {
            let mut value = HeaderValue::from_str(&format!("Bearer {key}"))
                .map_err(|_| broken("the API key has characters that no header can carry".to_owned()))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let client = Client::builder()
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            // A redirect would carry the key and the texts to a host that nobody configured.
            .redirect(redirect::Policy::none())
            .default_headers(headers)
            .no_proxy()
            .build()
            .map_err(|error| broken(error.to_string()))?;
        let info = ModelInfo {
            name: settings.model.clone(),
            dimension: settings.dimension.unwrap_or_default(),
            max_tokens: settings.max_tokens,
        };
        Ok(Self {
            info,
            counter: TokenCounter::approximate(),
            endpoint: format!("{}/embeddings", settings.base_url.trim_end_matches('/')),
            client,
            queries: Semaphore::new(QUERIES_IN_FLIGHT),
            passages: Semaphore::new(settings.in_flight.max(1)),
            settings: settings.clone(),
        })
    }

    /// The vectors of texts. What the server calls too much is sent in halves, and a text that is too long by itself is
    /// cut: its words are in the index all the same.
    fn request<'a>(&'a self, texts: &'a [String]) -> BoxFuture<'a, Result<Vec<Vec<f32>>, EmbeddingError>> {
        let parts = async move {
            let error = match self.repeated(texts).await {
                Err(error @ EmbeddingError::TooLarge { .. }) => error,
                done => return done,
            };
            if let [text] = texts {
                let half = text.chars().count() / 2;
                if half < SHORTEST_CUT {
                    return Err(error);
                }
                tracing::info!(characters = half, "The embedding server calls a text too long; it is cut");
                return self.request(&[text.chars().take(half).collect()]).await;
            }
            let (first, second) = texts.split_at(texts.len() / 2);
            let mut vectors = self.request(first).await?;
            vectors.extend(self.request(second).await?);
            Ok(vectors)
        };
        parts.boxed()
    }

    /// One request, and again for what may pass.
    async fn repeated(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let mut pause = self.settings.backoff;
        for attempt in 1.. {
            let failure = match self.attempt(texts).await {
                Ok(vectors) => return Ok(vectors),
                Err(failure) => failure,
            };
            let wait = match failure.again {
                _ if attempt >= self.settings.attempts => return Err(failure.error),
                Again::No => return Err(failure.error),
                Again::After(wait) if wait > MAX_RETRY_AFTER => return Err(failure.error),
                Again::After(wait) => wait,
                Again::Soon => pause.mul_f64(rand::random_range(0.5..1.0)),
            };
            tracing::debug!(attempt, wait_ms = wait.as_millis(), error = %failure.error, "Embedding again");
            tokio::time::sleep(wait).await;
            pause *= 2;
        }
        Err(EmbeddingError::Stopped)
    }

    async fn attempt(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, Failure> {
        let request = Request { model: &self.settings.model, input: texts, encoding_format: "float" };
        let response = self.client.post(&self.endpoint).json(&request).send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(refused(response, texts.len()).await);
        }
        let body = read(response).await?;
        let answer: Answer = serde_json::from_slice(&body)
            .map_err(|error| Failure::lasting(EmbeddingError::BadAnswer(error.to_string())))?;
        self.vectors(answer, texts.len()).map_err(Failure::lasting)
    }

    /// In the order of the texts, whatever the order of the answer.
    fn vectors(&self, answer: Answer, count: usize) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let found = answer.data.len();
        let unfit =
            || EmbeddingError::BadAnswer(format!("{found} vectors for {count} texts, or ill-numbered ones"));
        let mut vectors = vec![None; count];
        for (position, item) in answer.data.into_iter().enumerate() {
            let place = vectors.get_mut(item.index.unwrap_or(position)).ok_or_else(unfit)?;
            let (expected, found) = (self.info.dimension, item.embedding.len());
            if expected != 0 && found != expected {
                return Err(EmbeddingError::Dimension { expected, found });
            }
            *place = Some(normalised(item.embedding)?);
        }
        vectors.into_iter().collect::<Option<_>>().ok_or_else(unfit)
    }
}

impl Failure {
    const fn lasting(error: EmbeddingError) -> Self {
        Self { error, again: Again::No }
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(unreachable)? {
        if body.len() + part.len() > MAX_ANSWER_BYTES {
            return Err(Failure::lasting(EmbeddingError::BadAnswer("it is far too long".to_owned())));
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn unreachable(error: reqwest::Error) -> Failure {
    // The outer errors repeat the address and say "client error"; the innermost says what happened.
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let reason = if error.is_timeout() { "it took too long".to_owned() } else { cause.to_string() };
    Failure { error: EmbeddingError::Unreachable(reason), again: Again::Soon }
}

/// The body of a refusal is not passed on: it may quote the request.
async fn refused(response: Response, texts: usize) -> Failure {
    let status = response.status();
    if matches!(status.as_u16(), 400 | 413 | 422) {
        let said = excerpt(response).await;
        let too_large = status == StatusCode::PAYLOAD_TOO_LARGE || texts > 1 || is_about_length(&said);
        let status = status.as_u16();
        tracing::warn!(status, texts, said = mask::foreign(&said), "The embedding server refused texts");
        return Failure::lasting(match too_large {
            true => EmbeddingError::TooLarge { status },
            false => EmbeddingError::Refused { status },
        });
    }
    let may_pass = matches!(status.as_u16(), 408 | 425 | 429) || status.is_server_error();
    if !may_pass {
        return Failure::lasting(EmbeddingError::Refused { status: status.as_u16() });
    }
    let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Failure {
        error: EmbeddingError::Unreachable(format!("it answered {}", status.as_u16())),
        again: seconds.map_or(Again::Soon, |seconds| Again::After(Duration::from_secs(seconds))),
    }
}

/// The beginning of what the server says.
async fn excerpt(mut response: Response) -> String {
    let mut body = Vec::new();
    while let Ok(Some(part)) = response.chunk().await {
        body.extend_from_slice(&part);
        if body.len() >= EXCERPT {
            break;
        }
    }
    body.truncate(EXCERPT);
    String::from_utf8_lossy(&body).into_owned()
}

/// As servers word it: OpenAI, vLLM, llama.cpp, Ollama, Text Embeddings Inference.
fn is_about_length(said: &str) -> bool {
    let said = said.to_lowercase();
    ["too long", "too large", "context length", "context size", "maximum", "exceed", "must have less than"]
        .iter()
        .any(|words| said.contains(words))
}

#[cfg(test)]
mod tests;
