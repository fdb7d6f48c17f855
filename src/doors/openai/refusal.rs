//! Errors in the shape that clients of OpenAI's API read.

use std::collections::BTreeMap;

use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::openapi::{self, Content, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use docent_auth::AuthError;
use docent_chat::ChatError;
use docent_domain::{Code, Fault};
use docent_embedding::EmbeddingError;
use docent_store::StoreError;
use docent_telemetry::{self as telemetry, Surface};

/// A fault on its way out of this door.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Boxed: it is the rare case, and large.
    fault: Box<Fault>,
    /// In place of the code's own name.
    code: Option<&'static str>,
    param: Option<String>,
}

/// `{"error": …}`: a body, or a frame in the middle of a stream.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenAiError)]
pub(super) struct ErrorView<'a> {
    error: ErrorBodyView<'a>,
}

/// How questions are refused, as clients are told.
pub(super) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let statuses = [
            (400, ""),
            (401, ""),
            (404, "There is no such model, or it is not yours"),
            (413, ""),
            (429, ""),
            (503, "The language model cannot be reached"),
        ];
        let refused = |(status, description): (u16, &str)| {
            let body = Content::new(Some(Ref::from_schema_name(ErrorView::name())));
            let response = ResponseBuilder::new().description(description).content("application/json", body);
            (status.to_string(), response.build().into())
        };
        statuses.into_iter().map(refused).collect()
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenAiErrorBody)]
struct ErrorBodyView<'a> {
    message: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    /// The field that is missing or wrong.
    param: Option<&'a str>,
    /// OpenAI's name where it has one, else ours.
    code: &'static str,
}

impl Refusal {
    /// A field that is missing or wrong.
    pub(super) fn field(param: impl Into<String>, message: impl Into<String>) -> Self {
        Self::from(Fault::field(param, message))
    }

    pub(super) fn no_such_model(model: &str) -> Self {
        let short: String = model.chars().take(80).collect();
        let detail =
            format!("The model `{short}` does not exist or you have no access to it; see /v1/models");
        Self {
            fault: Box::new(Fault::new(Code::NotFound, detail)),
            code: Some("model_not_found"),
            param: Some("model".to_owned()),
        }
    }

    /// The id of a response that there is not, or that is somebody else's.
    pub(super) fn no_such_response(id: &str) -> Self {
        let short: String = id.chars().take(80).collect();
        let detail = format!("There is no response `{short}`, or you have no access to it");
        Self {
            fault: Box::new(Fault::new(Code::InvalidPayload, detail)),
            code: Some("previous_response_not_found"),
            param: Some("previous_response_id".to_owned()),
        }
    }

    /// What is said to people.
    pub(super) fn message(&self) -> &str {
        self.fault.public_detail()
    }

    pub(super) fn view(&self) -> ErrorView<'_> {
        let param = self.param.as_deref();
        ErrorView {
            error: ErrorBodyView {
                message: self.fault.public_detail(),
                kind: kind(self.status()),
                param: param.or_else(|| self.fault.fields().first().map(|field| field.field.as_str())),
                code: self.code.unwrap_or_else(|| name(self.fault.code())),
            },
        }
    }

    /// A field that is wrong is a 400 here, as clients expect it.
    fn status(&self) -> u16 {
        match self.fault.code() {
            Code::InvalidPayload => 400,
            code => code.status(),
        }
    }

    /// The one place where a failed request of this door is logged.
    pub(super) fn log(&self) {
        telemetry::error(Surface::OpenAi, self.fault.code());
        let (code, fault) = (self.fault.code().name(), &self.fault);
        match self.status() {
            500 => tracing::error!(code, error = %fault.chain(), "Request failed"),
            501.. => tracing::warn!(code, error = %fault.chain(), "Request could not be served"),
            _ => tracing::debug!(code, "Request refused"),
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { fault: Box::new(fault), code: None, param: None }
    }
}

impl From<ChatError> for Refusal {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::Invalid { field: "message", message } => Self::field("messages", message),
            ChatError::Invalid { field, message } => Self::field(field, message),
            error => Self::from(Fault::from(error)),
        }
    }
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        Self::from(Fault::from(error))
    }
}

impl From<EmbeddingError> for Refusal {
    fn from(error: EmbeddingError) -> Self {
        Self::from(Fault::from(error))
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::from(Fault::from(error))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.log();
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self.view())).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.fault.retry_after_s() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn kind(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "rate_limit_error",
        500.. => "server_error",
        _ => "invalid_request_error",
    }
}

/// Clients match on OpenAI's names where it has one.
fn name(code: Code) -> &'static str {
    match code {
        Code::Unauthenticated => "invalid_api_key",
        Code::RateLimited => "rate_limit_exceeded",
        code => code.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(refusal: &Refusal) -> String {
        format!("{} {}", refusal.status(), serde_json::to_string(&refusal.view()).unwrap())
    }

    #[test]
    fn faults_take_the_shape_that_clients_know() {
        insta::assert_snapshot!(shown(&Refusal::field("n", "must be 1")), @r#"400 {"error":{"message":"`n`: must be 1","type":"invalid_request_error","param":"n","code":"invalid_payload"}}"#);
        insta::assert_snapshot!(shown(&Refusal::no_such_model("project:9")), @r#"404 {"error":{"message":"The model `project:9` does not exist or you have no access to it; see /v1/models","type":"invalid_request_error","param":"model","code":"model_not_found"}}"#);
        insta::assert_snapshot!(shown(&Fault::new(Code::Unauthenticated, "invalid token").into()), @r#"401 {"error":{"message":"invalid token","type":"authentication_error","param":null,"code":"invalid_api_key"}}"#);
        insta::assert_snapshot!(shown(&Fault::internal("SELECT 1").into()), @r#"500 {"error":{"message":"Something went wrong here","type":"server_error","param":null,"code":"internal"}}"#);
    }

    #[test]
    fn who_asks_too_often_is_told_when_to_come_back() {
        let fault = Fault::new(Code::RateLimited, "Too many questions").with_retry_after(30);
        let response = Refusal::from(fault).into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()[RETRY_AFTER]),
            (429, &"30".parse().unwrap())
        );
    }
}
