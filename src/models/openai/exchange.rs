//! One HTTP exchange with the model server: limits, statuses, and whether the answer came to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::stream::StreamExt;
use reqwest::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Request, Response, Url};
use serde_json::Value;

use super::OpenAiSettings;
use super::lines::Lines;
use crate::ModelError;
use crate::error::{sentence_in, window_in};

/// More than the longest answer, with all the framing around its tokens.
const LONGEST_BODY: usize = 64 << 20;

/// How much of an error, or of a list of models, is read.
const SHORT_BODY: usize = 1 << 20;

/// For requests that ask for a list or a reason only.
const SHORT_WAIT: Duration = Duration::from_secs(5);

/// The configured server, and the only one that ever sees the key: redirects are not followed.
#[derive(Clone)]
pub(super) struct Endpoint {
    http: reqwest::Client,
    host: String,
    models_url: Url,
    api_key: Option<String>,
    first_byte_timeout: Duration,
}

impl Endpoint {
    pub(super) fn new(settings: &OpenAiSettings) -> Result<Self, ModelError> {
        let wrong = |detail: &str| ModelError::Settings { detail: detail.to_owned() };
        let base = Url::parse(&settings.base_url).map_err(|_| wrong("OPENAI_BASE_URL is not a URL"))?;
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() {
            return Err(wrong("OPENAI_BASE_URL must begin with http:// or https:// and name a host"));
        }
        let models_url = Url::parse(&format!("{}/models", settings.base_url))
            .map_err(|_| wrong("OPENAI_BASE_URL is not a URL"))?;
        let key = settings.api_key.as_deref().unwrap_or_default();
        if HeaderValue::from_str(&format!("Bearer {key}")).is_err() {
            return Err(wrong("OPENAI_API_KEY holds characters that no HTTP header may carry"));
        }
        let http = reqwest::Client::builder()
            .connect_timeout(settings.connect_timeout)
            .redirect(Policy::none())
            .build()
            .map_err(|error| wrong(&error.without_url().to_string()))?;
        let port = base.port().map(|port| format!(":{port}")).unwrap_or_default();
        let host = format!("{}://{}{port}", base.scheme(), base.host_str().unwrap_or_default());
        Ok(Self {
            http,
            host,
            models_url,
            api_key: settings.api_key.clone(),
            first_byte_timeout: settings.first_byte_timeout,
        })
    }

    pub(super) const fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Sends the request and hands back an answer that is a stream of events, or says why it is none. `ended` is
    /// set when the server's own mark of the end goes by: the client crate swallows it.
    pub(super) async fn exchange(
        &self,
        request: Request,
        ended: Arc<AtomicBool>,
    ) -> Result<Response, ModelError> {
        let sent = tokio::time::timeout(self.first_byte_timeout, self.http.execute(request)).await;
        let response = match sent {
            Ok(answer) => answer.map_err(unreachable)?,
            Err(_) => return Err(ModelError::Late { seconds: self.first_byte_timeout.as_secs() }),
        };
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
        if media_type.starts_with("application/json") || media_type.starts_with("text/html") {
            let body = short_body(response).await;
            if let Some(said) = serde_json::from_slice(&body).ok().as_ref().and_then(sentence_in) {
                return Err(window_in(&said, None).unwrap_or(ModelError::Reported { detail: said }));
            }
            let detail = format!("{media_type}: {}", excerpt(&body));
            return Err(ModelError::NotAStream { detail });
        }
        let (mut lines, mut watch) = (Lines::default(), EndMark::default());
        let mut length = 0;
        let body = response.bytes_stream().map(move |piece| {
            let piece = piece.map_err(|error| std::io::Error::other(error.without_url()))?;
            length += piece.len();
            if length > LONGEST_BODY {
                return Err(std::io::Error::other("the answer is longer than any should be"));
            }
            let text = lines.push(&piece);
            if watch.passes(text.as_bytes()) {
                ended.store(true, Ordering::SeqCst);
            }
            Ok(text)
        });
        Ok(Response::from(axum::http::Response::new(reqwest::Body::wrap_stream(body))))
    }

    /// The models the server offers.
    pub(super) async fn models(&self) -> Result<Vec<Offered>, ModelError> {
        let mut request = self.http.get(self.models_url.clone()).timeout(SHORT_WAIT);
        if let Some(key) = &self.api_key {
            request = request.bearer_auth(key);
        }
        let response = request.send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let body = short_body(response).await;
        let list: Value = serde_json::from_slice(&body).map_err(|_| ModelError::NotAStream {
            detail: format!("a list of models: {}", excerpt(&body)),
        })?;
        let entries = list.get("data").or_else(|| list.get("models")).and_then(Value::as_array);
        let name = |entry: &Value| {
            let name = entry.get("id").or_else(|| entry.get("name")).unwrap_or(entry);
            Some(Offered { name: name.as_str()?.to_owned(), window: window(entry) })
        };
        Ok(entries.map(|entries| entries.iter().filter_map(name).collect()).unwrap_or_default())
    }
}

/// A model as its server lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offered {
    pub(super) name: String,
    /// Tokens of prompt and answer together.
    pub(super) window: Option<usize>,
}

/// The length a model can take, in the words of vLLM, LM Studio, llama.cpp and gateways. The length it was trained with
/// says nothing about what its server gives it.
fn window(entry: &Value) -> Option<usize> {
    let names = [
        "loaded_context_length",
        "max_model_len",
        "n_ctx",
        "context_length",
        "context_window",
        "max_context_length",
    ];
    let places = [Some(entry), entry.get("meta")];
    let told =
        names.iter().find_map(|name| places.iter().flatten().find_map(|place| place.get(name)?.as_u64()));
    told.and_then(|tokens| usize::try_from(tokens).ok()).filter(|tokens| *tokens >= 256)
}

/// No answer came, or it broke off; the address stays out of the text.
pub(super) fn unreachable(error: reqwest::Error) -> ModelError {
    let error = error.without_url();
    let mut detail = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        detail = format!("{detail}: {inner}");
        cause = inner.source();
    }
    ModelError::Unreachable { detail }
}

/// Keeps the status, whatever the body is.
async fn refusal(response: Response) -> ModelError {
    let status = response.status().as_u16();
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse().ok())
        .map(Duration::from_secs);
    let body = short_body(response).await;
    // A quota that is used up looks like "too many requests", and does not pass.
    let used_up = status == 429 && body.windows(18).any(|window| window == b"insufficient_quota");
    let status = if used_up { 402 } else { status };
    let parsed = serde_json::from_slice(&body).ok();
    let detail = parsed.as_ref().and_then(sentence_in).unwrap_or_else(|| excerpt(&body));
    let long = matches!(status, 400 | 413 | 422 | 500).then(|| window_in(&detail, parsed.as_ref())).flatten();
    long.unwrap_or(ModelError::Status { status, detail, retry_after })
}

/// As much of a body as comes soon and is not too long.
async fn short_body(response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    let mut pieces = response.bytes_stream();
    let read = async {
        while let Some(Ok(piece)) = pieces.next().await {
            body.extend_from_slice(&piece);
            if body.len() > SHORT_BODY {
                break;
            }
        }
    };
    // Late is as good as nothing here: the status says enough.
    let _ = tokio::time::timeout(SHORT_WAIT, read).await;
    body.truncate(SHORT_BODY);
    body
}

/// A few words for the log, on one line, without the key that some servers repeat.
fn excerpt(body: &[u8]) -> String {
    let text = docent_domain::mask::foreign(&String::from_utf8_lossy(body));
    text.chars().take(300).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Finds the line `data: [DONE]` in a stream whose lines end with a line feed, however it is cut.
struct EndMark {
    /// The end of what went by.
    tail: Vec<u8>,
}

impl Default for EndMark {
    fn default() -> Self {
        Self { tail: vec![b'\n'] }
    }
}

impl EndMark {
    fn passes(&mut self, piece: &[u8]) -> bool {
        const MARK: &[u8] = b"[DONE]";
        const LONGEST: usize = b"\ndata: [DONE]".len();
        let mut seen = std::mem::take(&mut self.tail);
        seen.extend_from_slice(piece);
        let found = seen.windows(MARK.len()).enumerate().any(|(at, window)| {
            window == MARK && {
                let before = seen[..at].trim_ascii_end();
                before.ends_with(b"\ndata:")
            }
        });
        let keep = seen.len().saturating_sub(LONGEST);
        self.tail = seen.split_off(keep);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_however_the_bytes_are_cut() {
        let text = b"data: {\"a\":1}\n\ndata: [DONE]\n\n";
        for cut in 0..text.len() {
            let mut mark = EndMark::default();
            let first = mark.passes(&text[..cut]);
            assert!(first || mark.passes(&text[cut..]), "cut at {cut}");
        }
        assert!(EndMark::default().passes(b"data:[DONE]"));
    }

    #[test]
    fn an_answer_that_speaks_of_the_end_is_not_at_its_end() {
        assert!(!EndMark::default().passes(b"data: {\"content\":\"\\ndata: [DONE]\"}\n\n"));
        assert!(!EndMark::default().passes(b"data: {\"content\":\"[DONE]\"}\n\n"));
    }

    #[test]
    fn the_public_host_has_no_credentials() {
        let settings =
            OpenAiSettings { base_url: "http://me:secret@box:8080/v1".to_owned(), ..Default::default() };
        assert_eq!(Endpoint::new(&settings).unwrap().host(), "http://box:8080");
        let file = OpenAiSettings { base_url: "file:///etc/passwd".to_owned(), ..Default::default() };
        assert!(matches!(Endpoint::new(&file), Err(ModelError::Settings { .. })));
    }
}
