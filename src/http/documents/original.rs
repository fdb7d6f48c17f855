//! An original on its way out, whole or in part.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;

use super::range::{Wanted, wanted};
use crate::disposition::attachment;
use crate::services::Services;
use docent_blobs::{BlobKey, Expected};
use docent_domain::{Code, DocumentId, Fault};
use docent_extract::Format;
use docent_wire::Refused;

/// One stored file, as one version of a document names it.
pub(super) struct Original<'a> {
    pub(super) document: DocumentId,
    pub(super) generation: i64,
    pub(super) blob: &'a str,
    pub(super) sha256: &'a str,
    pub(super) size: i64,
    pub(super) format: &'a str,
    pub(super) filename: &'a str,
}

/// Always an attachment, never sniffed, and in a sandbox should a browser show it after all: HTML and SVG that
/// somebody uploaded must not run in our origin.
pub(super) async fn send(
    services: &Services,
    headers: &HeaderMap,
    original: &Original<'_>,
) -> Result<Response, Fault> {
    let etag = format!("\"{}-{}\"", original.document, original.generation);
    if text(headers, IF_NONE_MATCH).is_some_and(|known| known.split(',').any(|one| one.trim() == etag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response());
    }
    let size = u64::try_from(original.size).unwrap_or(0);
    // A part of another version would not fit to what the client has.
    let range = text(headers, RANGE).filter(|_| text(headers, IF_RANGE).is_none_or(|known| known == etag));
    let (status, part) = match wanted(range, size) {
        Wanted::Whole => (StatusCode::OK, 0..size),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Wanted::Nothing => return Ok(outside(size)),
    };
    let key = BlobKey::parse(original.blob)?;
    // Refused now rather than broken off later, when the client has the head of a good answer.
    let expected = Expected { sha256: original.sha256.to_owned(), size };
    services.blobs.verify(&key, &expected).await.inspect_err(|error| {
        tracing::error!(error = %error, document.id = %original.document, "An original cannot be sent");
    })?;
    let body = services.blobs.read(&key, part.clone()).await?;
    let body = Body::from_stream(body.inspect_err(|error| {
        tracing::error!(error = %error, "A download broke off");
    }));
    let mut response = (status, body).into_response();
    describe(response.headers_mut(), original, &etag)?;
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        response.headers_mut().insert(CONTENT_RANGE, HeaderValue::try_from(range).map_err(Fault::internal)?);
    }
    Ok(response)
}

fn describe(headers: &mut HeaderMap, original: &Original<'_>, etag: &str) -> Result<(), Fault> {
    let kind = Format::by_name(original.format).map_or("application/octet-stream", Format::mime);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_DISPOSITION, attachment(original.filename));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(ETAG, HeaderValue::try_from(etag).map_err(Fault::internal)?);
    Ok(())
}

fn outside(size: u64) -> Response {
    let detail = format!("The file has {size} bytes; ask for a range within them");
    let mut response = Refused(Fault::new(Code::RangeNotSatisfiable, detail)).into_response();
    if let Ok(range) = HeaderValue::try_from(format!("bytes */{size}")) {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    response
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
