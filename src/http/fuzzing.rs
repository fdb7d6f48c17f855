//! What comes in by HTTP, for the fuzzing tests.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use super::documents::range::{self, Wanted};
use super::documents::receive::{Part, Receiver};
use super::services::Limits;
use super::wire::Number;
use super::{decode, disposition};
use docent_blobs::Blobs;
use docent_domain::{Fault, names};

/// A name as a client gives it: as file name, as path, and as the header of its download.
pub fn names(given: &str) -> (Option<String>, Option<String>, HeaderValue) {
    let filename = names::filename(given);
    let header = disposition::attachment(filename.as_deref().unwrap_or(given));
    (filename, names::path(given), header)
}

/// What a multipart upload was read into: names of files and texts of fields, up to the first refusal.
pub async fn upload(
    content_type: &str,
    pieces: Vec<Bytes>,
    blobs: Arc<dyn Blobs>,
) -> (Vec<String>, Vec<Fault>) {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    let body = Body::from_stream(futures_util::stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>)));
    let Ok(request) = Request::post("/").header(CONTENT_TYPE, content_type).body(body) else {
        return (read, faults);
    };
    let mut receiver = match Receiver::over(request, blobs, Limits::default(), 3).await {
        Ok(receiver) => receiver,
        Err(fault) => return (read, vec![fault]),
    };
    loop {
        match receiver.next().await {
            Ok(Some(Part::File { filename, result })) => {
                read.push(filename);
                faults.extend(result.err());
            }
            Ok(Some(Part::Text { name, text })) => read.extend([name, text]),
            Ok(None) => return (read, faults),
            Err(fault) => {
                faults.push(fault);
                return (read, faults);
            }
        }
    }
}

/// A body with one field of every kind that requests have.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "read to be read")]
struct Sample {
    name: String,
    flag: Option<bool>,
    ids: Option<Vec<Number>>,
    metadata: Option<Value>,
    number: Option<Number>,
}

/// Whether a body was understood.
pub fn body(bytes: &[u8]) -> Result<(), Fault> {
    decode::from_json::<Sample>(bytes).map(drop)
}

/// The part of a file of `size` bytes that a `Range` header asks for.
pub fn range(header: &str, size: u64) -> Option<std::ops::Range<u64>> {
    match range::wanted(Some(header), size) {
        Wanted::Part(part) => Some(part),
        Wanted::Whole | Wanted::Nothing => None,
    }
}
