//! Errors as problem documents (RFC 9457): the REST translator of the one table of codes.

use std::fmt;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::request_id;
use docent_domain::{Code, Fault};
use docent_telemetry::{self as telemetry, Surface};

/// What every refused request is answered with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// The same for every problem of this code.
    title: &'static str,
    status: u16,
    /// What to do about this one.
    detail: String,
    code: &'static str,
    /// Fields that are missing or wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// Names this request in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct FieldProblem {
    field: String,
    message: String,
}

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Self {
        let code = fault.code();
        let field = |error: &docent_domain::fault::FieldError| FieldProblem {
            field: error.field.clone(),
            message: error.message.clone(),
        };
        Self {
            kind: format!("/docs/errors#{}", code.name()),
            title: code.title(),
            status: code.status(),
            detail: fault.public_detail().to_owned(),
            code: code.name(),
            errors: fault.fields().iter().map(field).collect(),
            request_id: request_id::current(),
        }
    }
}

/// A fault on its way to a client that speaks HTTP: what handlers and extractors fail with.
#[derive(Debug)]
pub struct Refused(pub Fault);

impl<E: Into<Fault>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(fault) = self;
        log(&fault);
        let problem = Problem::from(&fault);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = fault.retry_after_s().or_else(|| pause(fault.code())) {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The one place where a failed request is logged.
fn log(fault: &Fault) {
    let code = fault.code();
    telemetry::error(Surface::Http, code);
    match code.status() {
        500 => tracing::error!(code = code.name(), error = %fault.chain(), "Request failed"),
        501.. => tracing::warn!(code = code.name(), error = %fault.chain(), "Request could not be served"),
        _ => tracing::debug!(code = code.name(), "Request refused"),
    }
}

/// Seconds after which an outage may be over.
fn pause(code: Code) -> Option<u64> {
    (code.status() == 503).then_some(5)
}

/// The answer to a panic; its text is in the log already, from the panic hook.
pub fn of_panic(payload: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a message");
    Refused(Fault::internal(Panicked(text.to_owned()))).into_response()
}

#[derive(Debug)]
struct Panicked(String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked: {}", self.0)
    }
}

impl std::error::Error for Panicked {}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(fault: Fault) -> String {
        serde_json::to_string_pretty(&Problem::from(&fault)).unwrap()
    }

    #[test]
    fn a_wrong_field_is_named() {
        insta::assert_snapshot!(shown(Fault::field("name", "must have 1 to 255 characters")), @r#"
        {
          "type": "/docs/errors#invalid_payload",
          "title": "Some fields are missing or wrong",
          "status": 422,
          "detail": "`name`: must have 1 to 255 characters",
          "code": "invalid_payload",
          "errors": [
            {
              "field": "name",
              "message": "must have 1 to 255 characters"
            }
          ]
        }
        "#);
    }

    #[test]
    fn internals_stay_inside() {
        insta::assert_snapshot!(shown(Fault::internal("SELECT * FROM secrets")), @r#"
        {
          "type": "/docs/errors#internal",
          "title": "Something went wrong here",
          "status": 500,
          "detail": "Something went wrong here",
          "code": "internal"
        }
        "#);
    }

    #[test]
    fn outages_say_when_to_come_back() {
        let response = Refused(Fault::new(Code::LlmUnavailable, "The model is away")).into_response();
        assert_eq!(response.headers()[RETRY_AFTER], "5");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    }
}
