//! Any server that speaks OpenAI's chat completions: OpenAI itself, Ollama, vLLM, llama.cpp, LM Studio.
//!
//! The client crate lends request building and event parsing; everything that must not be left to it is decided
//! here: its types are too strict for real servers, it loses the HTTP status of odd error bodies, it retries
//! without a bound, and it cannot tell a whole answer from one that was cut off.

mod calls;
mod exchange;
mod frames;
mod lines;
mod request;
mod thoughts;
mod written;

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::{Client, middleware::HttpRequestFactory};
use async_trait::async_trait;
use futures_util::stream::{self, BoxStream, StreamExt};
use reqwest::header::HeaderValue;
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::{ChatModel, Deltas, ModelError, ModelSettings, ModelStatus, Prompt};
use exchange::{Endpoint, Offered};
use request::{request, without_tools};

use docent_telemetry::trace;

/// Where the server is, and how long to wait for it.
#[derive(Clone)]
pub struct OpenAiSettings {
    /// Up to and including `/v1`.
    pub base_url: String,
    pub api_key: Option<String>,
    /// Answers whoever does not ask for another model.
    pub model: String,
    pub connect_timeout: Duration,
    /// From the request to the first byte of the answer; a local server may load its model meanwhile.
    pub first_byte_timeout: Duration,
    /// How long the model may say nothing in the middle of an answer.
    pub content_timeout: Duration,
    /// Further tries while nothing has been said.
    pub retries: u32,
    /// The longest pause before a retry; a server that asks for more is not asked again.
    pub longest_pause: Duration,
    /// Answers open at the same time; the next one waits.
    pub max_in_flight: usize,
}

impl Default for OpenAiSettings {
    fn default() -> Self {
        Self {
            base_url: "https://api.openai.com/v1".to_owned(),
            api_key: None,
            model: "gpt-4o-mini".to_owned(),
            connect_timeout: Duration::from_secs(5),
            first_byte_timeout: Duration::from_secs(60),
            content_timeout: Duration::from_secs(60),
            retries: 2,
            longest_pause: Duration::from_secs(10),
            max_in_flight: 64,
        }
    }
}

/// Keeps the key out of logs.
impl std::fmt::Debug for OpenAiSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = if self.api_key.is_some() { "***" } else { "none" };
        write!(f, "OpenAiSettings {{ model: {:?}, api_key: {key}, .. }}", self.model)
    }
}

/// See the module.
pub struct OpenAi {
    settings: OpenAiSettings,
    endpoint: Endpoint,
    client: Client<OpenAIConfig>,
    slots: Arc<Semaphore>,
    /// What the server offered, and when it was asked.
    known: Mutex<Option<(Instant, Vec<Offered>)>>,
    /// Models whose server refuses a request because there are tools in it.
    toolless: Mutex<HashSet<String>>,
}

/// How long a list of models is believed.
const MODELS_KEPT: Duration = Duration::from_secs(60);

/// How often a server that still loads its model is asked again.
const WHILE_LOADING: Duration = Duration::from_millis(500);

const FIRST_PAUSE: Duration = Duration::from_millis(250);

pub(super) fn open(settings: &ModelSettings) -> Result<Arc<dyn ChatModel>, ModelError> {
    Ok(Arc::new(OpenAi::new(settings.openai.clone())?))
}

impl OpenAi {
    /// Checks the settings; does not call the server.
    pub fn new(mut settings: OpenAiSettings) -> Result<Self, ModelError> {
        while settings.base_url.ends_with('/') {
            settings.base_url.pop();
        }
        let endpoint = Endpoint::new(&settings)?;
        // Everything that the crate would else take from the environment is set here.
        let config = OpenAIConfig::new()
            .with_api_base(settings.base_url.clone())
            .with_api_key(settings.api_key.clone().unwrap_or_default())
            .with_org_id("")
            .with_project_id("");
        let client = Client::with_config(config).with_http_client(endpoint.http().clone());
        let slots = Arc::new(Semaphore::new(settings.max_in_flight));
        Ok(Self { settings, endpoint, client, slots, known: Mutex::default(), toolless: Mutex::default() })
    }

    /// One request. Returns once the model has said, or thought, something.
    async fn attempt(&self, body: &Value) -> Result<Deltas, ModelError> {
        let ended = Arc::new(AtomicBool::new(false));
        let service = {
            let (endpoint, ended) = (self.endpoint.clone(), Arc::clone(&ended));
            let place = trace::here().and_then(|place| HeaderValue::try_from(place).ok());
            tower::service_fn(move |factory: HttpRequestFactory| {
                let (endpoint, ended, place) = (endpoint.clone(), Arc::clone(&ended), place.clone());
                async move {
                    let mut request = factory.build().await?;
                    if let Some(place) = place {
                        request.headers_mut().insert("traceparent", place);
                    }
                    endpoint
                        .exchange(request, ended)
                        .await
                        .map_err(|error| OpenAIError::Boxed(Box::new(error)))
                }
            })
        };
        let client = self.client.clone().with_http_service(service);
        let opened = client.chat().create_stream_byot(body).await.map_err(own)?;
        // An event without anything in it keeps the connection open.
        let told = opened.filter(|item| std::future::ready(!is_blank(item)));
        let raw: BoxStream<'static, Result<Value, ModelError>> =
            told.map(|item: Result<Value, OpenAIError>| item.map_err(own)).boxed();
        let whole = move || ended.load(Ordering::SeqCst);
        let mut deltas = frames::read(
            raw,
            whole,
            request::tools_in(body),
            self.settings.first_byte_timeout,
            self.settings.content_timeout,
        );
        match deltas.next().await {
            Some(Ok(first)) => Ok(stream::iter([Ok(first)]).chain(deltas).boxed()),
            Some(Err(error)) => Err(error),
            None => Err(ModelError::Truncated),
        }
    }

    /// Asks, and asks again while that may help.
    async fn opened(&self, body: &Value) -> Result<Deltas, ModelError> {
        let mut tries = 0;
        let begun = Instant::now();
        loop {
            tries += 1;
            match self.attempt(body).await {
                Ok(deltas) => return Ok(deltas),
                // It is there and not ready yet: that takes as long as a first word may.
                Err(error) if is_loading(&error) && begun.elapsed() < self.settings.first_byte_timeout => {
                    tokio::time::sleep(WHILE_LOADING).await;
                    tries = 0;
                }
                Err(error) => {
                    let Some(pause) = self.pause(tries, &error) else { return Err(error) };
                    tracing::debug!(%error, tries, "The model is asked again");
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    fn is_toolless(&self, model: &str) -> bool {
        self.toolless.lock().unwrap_or_else(PoisonError::into_inner).contains(model)
    }

    fn note_toolless(&self, model: &str) {
        tracing::info!(model, "The model server refuses tools for this model; it is asked without them");
        self.toolless.lock().unwrap_or_else(PoisonError::into_inner).insert(model.to_owned());
    }

    /// The pause before the next try, or `None` if there is to be none.
    fn pause(&self, tries: u32, error: &ModelError) -> Option<Duration> {
        if tries > self.settings.retries || !error.may_pass() {
            return None;
        }
        let asked = match error {
            ModelError::Status { retry_after, .. } => *retry_after,
            _ => None,
        };
        let pause = asked.unwrap_or_else(|| FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(tries - 1)));
        (pause <= self.settings.longest_pause).then_some(pause)
    }

    async fn known_models(&self) -> Result<Vec<Offered>, ModelError> {
        if let Some((asked, models)) = &*self.known.lock().unwrap_or_else(PoisonError::into_inner)
            && asked.elapsed() < MODELS_KEPT
        {
            return Ok(models.clone());
        }
        let models = self.endpoint.models().await?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), models.clone()));
        Ok(models)
    }
}

#[async_trait]
impl ChatModel for OpenAi {
    fn provider(&self) -> &'static str {
        "openai"
    }

    fn default_model(&self) -> &str {
        &self.settings.model
    }

    async fn models(&self) -> Result<Vec<String>, ModelError> {
        Ok(self.known_models().await?.into_iter().map(|offered| offered.name).collect())
    }

    async fn window(&self, model: &str) -> Option<usize> {
        let known = self.known_models().await;
        let known = known.inspect_err(|error| tracing::debug!(%error, "The window of the model is not told"));
        known.ok()?.into_iter().find(|offered| offered.name == model)?.window
    }

    fn speaks_on(&self) -> bool {
        true
    }

    fn uses_tools(&self) -> bool {
        true
    }

    async fn status(&self) -> ModelStatus {
        let (connected, message) = match self.endpoint.models().await {
            Ok(models) => (true, format!("{} models", models.len())),
            // It is there, and has no list of models.
            Err(ModelError::Status { status: 404 | 405, .. }) => (true, "Connected".to_owned()),
            Err(error) => {
                let advice = docent_domain::Coded::public_detail(&error).unwrap_or_default();
                tracing::debug!(%error, "The model server is not ready");
                (false, advice)
            }
        };
        ModelStatus { connected, host: self.endpoint.host().to_owned(), message }
    }

    async fn stream(&self, prompt: Prompt) -> Result<Deltas, ModelError> {
        let limit = self.settings.first_byte_timeout;
        let slot = tokio::time::timeout(limit, Arc::clone(&self.slots).acquire_owned()).await;
        let Ok(Ok(slot)) = slot else {
            return Err(ModelError::Late { seconds: limit.as_secs() });
        };
        let model = prompt.model.as_deref().unwrap_or(&self.settings.model);
        let mut body = request(&prompt, model);
        if self.is_toolless(model) {
            without_tools(&mut body);
        }
        let deltas = match self.opened(&body).await {
            Err(error) if body.get("tools").is_some() && may_mean_tools(&error) => {
                tracing::debug!(%error, "A request with tools was refused");
                without_tools(&mut body);
                let deltas = self.opened(&body).await?;
                self.note_toolless(model);
                deltas
            }
            opened => opened?,
        };
        let held = deltas.map(move |delta| {
            let _ = &slot;
            delta
        });
        Ok(held.boxed())
    }
}

fn is_loading(error: &ModelError) -> bool {
    matches!(error, ModelError::Status { status: 503, detail, .. } if detail.to_lowercase().contains("loading"))
}

/// Not every model knows tools, and servers say so in many ways.
fn may_mean_tools(error: &ModelError) -> bool {
    match error {
        ModelError::Status { status: 400 | 404 | 422 | 501, .. } => true,
        ModelError::Status { status: 500, detail, .. } => detail.contains("tool"),
        _ => false,
    }
}

fn is_blank(item: &Result<Value, OpenAIError>) -> bool {
    matches!(item, Err(OpenAIError::JSONDeserialize(_, text)) if text.trim().is_empty())
}

/// Our own errors come back as we put them in; what is left is the crate's.
fn own(error: OpenAIError) -> ModelError {
    match error {
        OpenAIError::Boxed(inner) => match inner.downcast::<ModelError>() {
            Ok(own) => *own,
            Err(other) => ModelError::Broken { detail: other.to_string() },
        },
        OpenAIError::Reqwest(error) => exchange::unreachable(error),
        OpenAIError::JSONDeserialize(error, _) => ModelError::Reported { detail: error.to_string() },
        OpenAIError::StreamError(error) => ModelError::Broken { detail: error.to_string() },
        other => ModelError::Broken { detail: other.to_string() },
    }
}

#[cfg(test)]
mod tests;
