//! Servers with `/rerank`: Jina, Cohere, vLLM, llama.cpp and their likes, and Text Embeddings Inference, which names the
//! fields otherwise. Which of the two forms a server speaks is found out with the first question.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, StatusCode, redirect};
use serde_json::{Value, json};

use super::{HttpSettings, RerankError, Reranker, between_0_and_1};

/// A number for each passage is small; more than this is not an answer.
const MAX_ANSWER_BYTES: usize = 4 << 20;
const CONNECT: Duration = Duration::from_secs(2);

pub(super) struct HttpReranker {
    name: String,
    endpoint: String,
    model: String,
    client: Client,
    /// The server calls the passages `texts`.
    says_texts: AtomicBool,
}

impl HttpReranker {
    pub(super) fn new(settings: &HttpSettings) -> Result<Self, RerankError> {
        let broken = |reason: String| RerankError::Settings(reason);
        let mut headers = HeaderMap::new();
        if let Some(key) = &settings.api_key {
            let mut value = HeaderValue::from_str(&format!("Bearer {key}"))
                .map_err(|_| broken("the key has characters that no header can carry".to_owned()))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let client = Client::builder()
            .connect_timeout(CONNECT)
            // A redirect would carry the key and the texts to a host that nobody configured.
            .redirect(redirect::Policy::none())
            .default_headers(headers)
            .no_proxy()
            .build()
            .map_err(|error| broken(error.to_string()))?;
        let url = settings.url.trim_end_matches('/');
        let endpoint = if url.ends_with("/rerank") { url.to_owned() } else { format!("{url}/rerank") };
        reqwest::Url::parse(&endpoint).map_err(|error| broken(error.to_string()))?;
        let name = if settings.model.is_empty() { "server".to_owned() } else { settings.model.clone() };
        let model = settings.model.clone();
        Ok(Self { name, endpoint, model, client, says_texts: AtomicBool::new(false) })
    }

    fn request(&self, query: &str, passages: &[String], says_texts: bool) -> Value {
        if says_texts {
            return json!({"query": query, "texts": passages, "raw_scores": false, "truncate": true});
        }
        let mut request = json!({"query": query, "documents": passages, "top_n": passages.len()});
        if !self.model.is_empty() {
            request["model"] = json!(self.model);
        }
        request
    }

    /// The answer, or the status that came instead.
    async fn ask(
        &self,
        request: &Value,
        deadline: Instant,
    ) -> Result<Result<Value, StatusCode>, RerankError> {
        let left = deadline.saturating_duration_since(Instant::now());
        let unreachable = |error: reqwest::Error| {
            if error.is_timeout() {
                RerankError::TooLate
            } else {
                RerankError::Unreachable(error.without_url().to_string())
            }
        };
        let sent = self.client.post(&self.endpoint).timeout(left).json(request).send().await;
        let mut response = sent.map_err(unreachable)?;
        if !response.status().is_success() {
            return Ok(Err(response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_ANSWER_BYTES {
                return Err(RerankError::BadAnswer("it has no end".to_owned()));
            }
        }
        serde_json::from_slice(&body).map(Ok).map_err(|_| RerankError::BadAnswer("it is no JSON".to_owned()))
    }
}

#[async_trait]
impl Reranker for HttpReranker {
    fn name(&self) -> &str {
        &self.name
    }

    async fn rerank(
        &self,
        query: &str,
        passages: &[String],
        deadline: Instant,
    ) -> Result<Vec<f32>, RerankError> {
        let says_texts = self.says_texts.load(Ordering::Relaxed);
        let first = self.ask(&self.request(query, passages, says_texts), deadline).await?;
        let answer = match first {
            Ok(answer) => answer,
            // What such servers say of a field that they miss.
            Err(StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY) => {
                let other = self.ask(&self.request(query, passages, !says_texts), deadline).await?;
                let answer = other.map_err(|status| RerankError::Refused(status.as_u16()))?;
                self.says_texts.store(!says_texts, Ordering::Relaxed);
                answer
            }
            Err(status) => return Err(RerankError::Refused(status.as_u16())),
        };
        scores(&answer, passages.len())
    }
}

/// `{"results": [{"index", "relevance_score"}]}`, the same as `data`, or a bare list with `score`. Some servers give
/// probabilities and some give logits: where any score is outside 0 to 1, all are taken for logits.
fn scores(answer: &Value, count: usize) -> Result<Vec<f32>, RerankError> {
    let bad = |what: &str| RerankError::BadAnswer(what.to_owned());
    let list = ["results", "data"].iter().find_map(|key| answer.get(key)).unwrap_or(answer);
    let list = list.as_array().ok_or_else(|| bad("it has no list of results"))?;
    let mut found = vec![None; count];
    for item in list {
        let index = item.get("index").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
        let score = ["relevance_score", "score"].iter().find_map(|key| item.get(key)?.as_f64());
        let (Some(index), Some(score)) = (index, score) else {
            return Err(bad("a result has no index or no score"));
        };
        let slot = found.get_mut(index).ok_or_else(|| bad("a result is for no passage"))?;
        if slot.replace(score as f32).is_some() {
            return Err(bad("a passage has two scores"));
        }
    }
    let found: Option<Vec<f32>> = found.into_iter().collect();
    let found = found.ok_or_else(|| bad("a passage has no score"))?;
    if found.iter().all(|score| (0.0..=1.0).contains(score)) {
        return Ok(found);
    }
    Ok(found.into_iter().map(between_0_and_1).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::Json;
    use axum::http::HeaderMap as Headers;
    use axum::response::{IntoResponse, Response};
    use axum::routing::post;

    use super::*;

    type Seen = Arc<Mutex<Vec<(Option<String>, Value)>>>;

    /// A server that answers as `reply` says, and remembers what it was asked.
    async fn server(reply: fn(&Value) -> Response) -> (String, Seen) {
        let seen = Seen::default();
        let kept = seen.clone();
        let answer = move |headers: Headers, Json(body): Json<Value>| async move {
            let key = headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
            kept.lock().unwrap().push((key, body.clone()));
            reply(&body)
        };
        let router =
            axum::Router::new().route("/v1/rerank", post(answer.clone())).route("/rerank", post(answer));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        (address, seen)
    }

    fn reranker(url: &str) -> HttpReranker {
        let settings =
            HttpSettings { url: url.to_owned(), api_key: Some("k-1".to_owned()), model: "m".to_owned() };
        HttpReranker::new(&settings).unwrap()
    }

    async fn asked(reranker: &HttpReranker) -> Result<Vec<f32>, RerankError> {
        let passages = ["a".to_owned(), "b".to_owned()];
        reranker.rerank("q", &passages, Instant::now() + Duration::from_secs(5)).await
    }

    #[tokio::test]
    async fn the_forms_of_jina_and_its_likes_are_understood() {
        let jina = |_: &Value| {
            Json(json!({"model": "m", "results": [{"index": 1, "relevance_score": 0.9, "document": {"text": "b"}},
                {"index": 0, "relevance_score": 0.25}], "usage": {"total_tokens": 9}}))
            .into_response()
        };
        let (address, seen) = server(jina).await;
        assert_eq!(asked(&reranker(&format!("{address}/v1"))).await.unwrap(), [0.25, 0.9]);
        let (key, body) = seen.lock().unwrap()[0].clone();
        assert_eq!(key.as_deref(), Some("Bearer k-1"));
        assert_eq!(body, json!({"query": "q", "documents": ["a", "b"], "top_n": 2, "model": "m"}));
    }

    #[tokio::test]
    async fn a_server_that_wants_texts_is_found_out_once() {
        let tei = |body: &Value| {
            if body.get("texts").is_none() {
                return (StatusCode::UNPROCESSABLE_ENTITY, "missing field `texts`").into_response();
            }
            Json(json!([{"index": 0, "score": 0.75}, {"index": 1, "score": 0.5}])).into_response()
        };
        let (address, seen) = server(tei).await;
        let reranker = reranker(&format!("{address}/rerank"));
        for _ in 0..2 {
            assert_eq!(asked(&reranker).await.unwrap(), [0.75, 0.5]);
        }
        assert_eq!(seen.lock().unwrap().len(), 3, "the second question asks in the right form at once");
    }

    #[tokio::test]
    async fn refusals_and_absence_are_told_apart() {
        let (address, _) = server(|_| StatusCode::UNAUTHORIZED.into_response()).await;
        assert!(matches!(asked(&reranker(&address)).await, Err(RerankError::Refused(401))));
        let (address, _) = server(|_| "<html>".into_response()).await;
        assert!(matches!(asked(&reranker(&address)).await, Err(RerankError::BadAnswer(_))));
        assert!(matches!(asked(&reranker("http://127.0.0.1:1/v1")).await, Err(RerankError::Unreachable(_))));
        assert!(
            HttpReranker::new(&HttpSettings {
                url: "no address".to_owned(),
                api_key: None,
                model: String::new()
            })
            .is_err()
        );
    }

    #[test]
    fn answers_are_taken_whole_or_not_at_all() {
        let item = |index: u64, score: f64| json!({"index": index, "relevance_score": score});
        let logits = scores(&json!({"data": [item(0, 3.0), item(1, -8.5)]}), 2).unwrap();
        assert!(logits[0] > 0.95 && logits[1] < 0.001, "{logits:?}");
        for wrong in [
            json!({"results": [item(0, 0.5)]}),
            json!({"results": [item(0, 0.5), item(0, 0.5)]}),
            json!({"results": [item(0, 0.5), item(2, 0.5)]}),
            json!({"results": [{"index": 0}, item(1, 0.5)]}),
            json!({"error": "no such model"}),
        ] {
            assert!(scores(&wrong, 2).is_err(), "{wrong}");
        }
    }
}
