//! What is in the requests to doors that speak HTTP.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName};
use futures_util::StreamExt;

use super::Limits;
use super::payload::Payload;
use docent_domain::{Code, Fault};

/// How long a whole body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

/// A JSON object, read by the same rules as the payload of an event.
pub(super) async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Payload, Fault> {
    let kind = text(headers, &CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence != "application/json" {
        return Err(Fault::new(
            Code::UnsupportedMediaType,
            "Send the body as JSON, with the header `Content-Type: application/json`",
        ));
    }
    Payload::of_body(&whole(body, limits.body_bytes).await?, &limits.payload)
}

/// The bytes of a body, at most `limit` of them, that arrives within a time.
pub(super) async fn whole(body: Body, limit: usize) -> Result<Vec<u8>, Fault> {
    tokio::time::timeout(PATIENCE, collect(body, limit))
        .await
        .unwrap_or_else(|_| Err(Fault::new(Code::RequestTimeout, "The request arrived too slowly")))
}

/// The header `Idempotency-Key`.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let key = text(headers, &HeaderName::from_static("idempotency-key")).filter(|key| !key.is_empty());
    match key {
        Some(key) if key.len() > KEY => {
            Err(Fault::field("Idempotency-Key", format!("may have at most {KEY} characters")))
        }
        key => Ok(key.map(str::to_owned)),
    }
}

async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Fault::new(Code::BadRequest, "The request ended too early"))?;
        if bytes.len() + part.len() > limit {
            let detail = format!("The body of this request may have at most {limit} bytes");
            return Err(Fault::new(Code::PayloadTooLarge, detail));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
