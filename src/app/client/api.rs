//! The server's REST interface, as the commands use it.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::show::{printable, suggestion};

/// Further tries of a request that the server had no room for.
const RETRIES: u32 = 5;

/// What may be asked for beside a model's own name.
const PROVIDERS: &[&str] = &["extractive", "openai", "scripted"];

/// The longest pause before such a try.
const LONGEST_PAUSE: u64 = 60;

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error(
        "the server at {url} cannot be reached; start it with `docent serve`, or give its address with --url"
    )]
    Unreachable {
        url: String,
        #[source]
        source: reqwest::Error,
    },
    #[error("{detail}")]
    Refused { status: u16, code: String, detail: String },
    #[error("the server answered with something else than expected; is {url} a Docent server?")]
    Unexpected { url: String },
    #[error("the answer broke off")]
    Broken(#[source] reqwest::Error),
    #[error("`{0}` is no address of a server; it looks like http://127.0.0.1:8000")]
    Address(String),
    #[error("there is no project `{name}`{hint}; `docent project list` shows those that you may use")]
    NoProject { name: String, hint: String },
    #[error("there is no model `{name}`{hint}; these can be asked: {known}")]
    NoModel { name: String, hint: String, known: String },
    #[error("there are {count} projects called `{name}`; give the number of one")]
    ManyProjects { name: String, count: usize },
}

/// A server, and the right to use it.
#[derive(Debug, Clone)]
pub struct Api {
    base: String,
    token: Option<String>,
    http: reqwest::Client,
}

impl Api {
    pub fn new(base: &str, token: Option<String>) -> Result<Self, ClientError> {
        let base = base.trim_end_matches('/').to_owned();
        if reqwest::Url::parse(&base).is_err() || !base.starts_with("http") {
            return Err(ClientError::Address(base));
        }
        let http = reqwest::Client::builder().connect_timeout(Duration::from_secs(10)).build();
        let http = http.map_err(|source| ClientError::Unreachable { url: base.clone(), source })?;
        Ok(Self { base, token, http })
    }

    pub async fn get(&self, path: &str) -> Result<Value, ClientError> {
        self.json(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, ClientError> {
        self.json(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Result<Value, ClientError> {
        self.json(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Result<(), ClientError> {
        self.send(self.request(Method::DELETE, path)).await.map(drop)
    }

    /// The path begins with `/`; whatever varies in it must be escaped.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// The body of a good answer.
    pub async fn json(&self, request: RequestBuilder) -> Result<Value, ClientError> {
        let response = self.send(request).await?;
        let text = response.text().await.map_err(ClientError::Broken)?;
        serde_json::from_str(&text).map_err(|_| ClientError::Unexpected { url: self.base.clone() })
    }

    /// Sends until the server has room, as often as makes sense. A request whose body is a stream is sent once.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        let mut tries = 0;
        let mut request = Some(request);
        while let Some(this) = request.take() {
            let again = this.try_clone();
            let sent = this.send().await;
            let response =
                sent.map_err(|source| ClientError::Unreachable { url: self.base.clone(), source })?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            if !waits(status) || tries >= RETRIES || again.is_none() {
                return Err(refused(response).await);
            }
            tries += 1;
            tokio::time::sleep(pause(&response)).await;
            request = again;
        }
        Err(ClientError::Unexpected { url: self.base.clone() })
    }

    /// A project by its number or its name.
    pub async fn project(&self, wanted: &str) -> Result<Value, ClientError> {
        let missing = |hint| ClientError::NoProject { name: wanted.to_owned(), hint };
        if wanted.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.get(&format!("/api/projects/{wanted}")).await.map_err(|error| match error {
                ClientError::Refused { status: 404, .. } => missing(String::new()),
                error => error,
            });
        }
        let all = self.projects().await?;
        let mut named: Vec<Value> = all.iter().filter(|project| project["name"] == wanted).cloned().collect();
        match named.len() {
            0 => Err(missing(suggestion(wanted, all.iter().filter_map(|project| project["name"].as_str())))),
            1 => Ok(named.remove(0)),
            count => Err(ClientError::ManyProjects { name: wanted.to_owned(), count }),
        }
    }

    /// Refuses a model that the server does not have. One that cannot be asked for its models is not asked twice.
    pub async fn knows_model(&self, wanted: &str) -> Result<(), ClientError> {
        let Ok(answer) = self.get("/api/llm/models").await else { return Ok(()) };
        let listed = answer["models"].as_array().map(Vec::as_slice).unwrap_or_default();
        let listed: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
        // Some servers put a version behind the name.
        let is_it =
            |name: &&str| *name == wanted || name.split_once(':').is_some_and(|(name, _)| name == wanted);
        if listed.is_empty() || listed.iter().any(is_it) || PROVIDERS.contains(&wanted) {
            return Ok(());
        }
        let hint = suggestion(wanted, listed.iter().copied());
        let known = listed.iter().take(20).map(|name| printable(name)).collect::<Vec<_>>().join(", ");
        Err(ClientError::NoModel { name: wanted.to_owned(), hint, known })
    }

    /// All projects that the caller may use.
    pub async fn projects(&self) -> Result<Vec<Value>, ClientError> {
        self.list("/api/projects").await
    }

    /// All items of a list, page by page. The path may have a query already.
    pub async fn list(&self, path: &str) -> Result<Vec<Value>, ClientError> {
        const PAGE: usize = 1_000;
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut all = Vec::new();
        loop {
            let page = self.get(&format!("{path}{joint}skip={}&limit={PAGE}", all.len())).await?;
            let Value::Array(items) = page else {
                return Err(ClientError::Unexpected { url: self.base.clone() });
            };
            let last = items.len() < PAGE;
            all.extend(items);
            if last {
                return Ok(all);
            }
        }
    }
}

/// Whether waiting helps.
fn waits(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE
}

fn pause(response: &Response) -> Duration {
    let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Duration::from_secs(seconds.unwrap_or(1).min(LONGEST_PAUSE))
}

/// What the server says is wrong.
pub(super) async fn refused(response: Response) -> ClientError {
    let status = response.status();
    let text = response.text().await.unwrap_or_default();
    let body: Value = serde_json::from_str(&text).unwrap_or_default();
    let code = printable(body["code"].as_str().unwrap_or_default());
    let detail = match body["detail"].as_str() {
        Some(detail) if status == StatusCode::UNAUTHORIZED => {
            format!("{}; give a token with --token", printable(detail))
        }
        Some(detail) => printable(detail),
        None => format!("the server answered {status}"),
    };
    ClientError::Refused { status: status.as_u16(), code, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_before_anything_is_sent() {
        assert!(Api::new("http://127.0.0.1:8000/", None).is_ok());
        for wrong in ["", "localhost", "ftp://x", "127.0.0.1:8000"] {
            assert!(matches!(Api::new(wrong, None), Err(ClientError::Address(_))), "{wrong}");
        }
    }
}
