//! Requests to `/mcp` on their way to the protocol's own library, which answers what it does not take with a plain
//! sentence: here it is answered in the forms that clients of this server and of JSON-RPC know.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::message::{Complaint, mended};
use crate::body::whole;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

/// Bytes of one message.
const MESSAGE: usize = 1 << 20;

/// What the library wants a client to take; answers are JSON in any case.
const TAKES: HeaderValue = HeaderValue::from_static("application/json, text/event-stream");

pub(super) async fn in_form(request: Request, next: Next) -> Response {
    match message(request).await {
        Ok(Message::Sound(request, id)) => told(next.run(request).await, id).await,
        Ok(Message::Answered(response)) => response,
        Err(fault) => {
            let refuses_method = fault.code() == Code::MethodNotAllowed;
            let mut response = Refused(fault).into_response();
            if refuses_method {
                response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
            }
            response
        }
    }
}

enum Message {
    /// With its id.
    Sound(Request, Value),
    Answered(Response),
}

async fn message(request: Request) -> Result<Message, Fault> {
    if request.method() != Method::POST {
        let detail = "Send one JSON-RPC message with POST; there are no sessions and no streams to open here";
        return Err(Fault::new(Code::MethodNotAllowed, detail));
    }
    if !is_json(request.headers()) {
        let detail = "Send the message as JSON, with the header `Content-Type: application/json`";
        return Err(Fault::new(Code::UnsupportedMediaType, detail));
    }
    let (mut parts, body) = request.into_parts();
    let bytes = whole(body, MESSAGE).await?;
    Ok(match mended(&bytes) {
        Ok(message) => {
            parts.headers.insert(ACCEPT, TAKES);
            parts.headers.remove(CONTENT_LENGTH);
            let id = message.get("id").cloned().unwrap_or_default();
            Message::Sound(Request::from_parts(parts, Body::from(message.to_string())), id)
        }
        Err(complaint) => {
            Message::Answered((StatusCode::BAD_REQUEST, Json(complaint.json())).into_response())
        }
    })
}

/// What the library says as a plain sentence, such as about a version of the protocol that it does not know.
async fn told(response: Response, id: Value) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_json(response.headers()) {
        return response;
    }
    let sentence = to_bytes(response.into_body(), MESSAGE).await.unwrap_or_default();
    let complaint = Complaint::of_sentence(id, &String::from_utf8_lossy(&sentence));
    (status, Json(complaint.json())).into_response()
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}
