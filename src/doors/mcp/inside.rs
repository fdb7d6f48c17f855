//! The REST interface in the same process, as one caller.

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderValue, Method};
use serde_json::Value;
use tower::ServiceExt;

use super::rest::{Answer, Rest};

/// Bytes of an answer: a whole answer with its sources, or a thousand pages.
const LARGEST: usize = 64 << 20;

/// Asks as whoever sent a message: with its token, from its address.
pub(super) struct Inside {
    router: Router,
    authorization: Option<HeaderValue>,
    extensions: Extensions,
}

impl Inside {
    pub(super) fn new(router: Router, asked: &Parts) -> Self {
        let authorization = asked.headers.get(AUTHORIZATION).cloned();
        Self { router, authorization, extensions: asked.extensions.clone() }
    }

    async fn answer(&self, method: Method, path: &str, body: Option<Value>) -> Result<Answer, String> {
        let mut request =
            Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let mut request = request.body(body).map_err(|_| "this cannot be asked for".to_owned())?;
        // Who is at the other end of the line, for what counts by address.
        *request.extensions_mut() = self.extensions.clone();
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), LARGEST).await;
        let bytes = bytes.map_err(|_| "the answer is too long; ask for less".to_owned())?;
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }
}

#[async_trait]
impl Rest for Inside {
    async fn get(&self, path: &str) -> Result<Answer, String> {
        self.answer(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Result<Answer, String> {
        self.answer(Method::POST, path, Some(body)).await
    }
}
