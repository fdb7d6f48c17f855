//! `error`: how events on sockets and answers under way say what went wrong.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use docent_domain::{ChatId, Code, Fault, MessageId};

/// The name of an error's code, which stays as it is.
pub struct ErrorCode;

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        let names = Code::ALL.iter().map(|code| code.name());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for ErrorCode {
    fn name() -> Cow<'static, str> {
        "ErrorCode".into()
    }
}

/// `error`: what went wrong, with which event, and what to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct ErrorView<'a> {
    status: &'static str,
    message: &'a str,
    #[schema(value_type = ErrorCode)]
    code: &'static str,
    #[schema(value_type = ErrorCode)]
    error: &'static str,
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(flatten)]
    about: About,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

// Sessions say of theirs besides what kind of message it is, and the message once more.
/// `error`.
#[derive(Serialize, ToSchema)]
#[schema(as = ErrorEvent)]
pub struct ErrorEventView<'a> {
    /// `error`, where a session failed.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// There, the message once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(flatten)]
    error: ErrorView<'a>,
}

impl<'a> ErrorEventView<'a> {
    /// In a session.
    pub const fn in_session(error: ErrorView<'a>, content: &'a str) -> Self {
        Self { kind: Some("error"), content: Some(content), error }
    }
}

/// The ids that an event was about, as far as they could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct About {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<i64>,
    /// As the client calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// What only one door speaks of, as the client calls it, by its field.
    #[serde(skip)]
    pub marks: Vec<(&'static str, String)>,
}

impl About {
    /// What a door's own field says.
    pub fn mark(&self, field: &str) -> Option<&str> {
        self.marks.iter().find(|(known, _)| *known == field).map(|(_, name)| name.as_str())
    }

    /// The same with one more of them.
    pub fn marked(mut self, field: &'static str, name: String) -> Self {
        self.marks.push((field, name));
        self
    }

    pub fn answer(chat: ChatId, answer: MessageId) -> Self {
        Self { chat_id: Some(chat.get()), message_id: Some(answer.get()), ..Self::default() }
    }
}

impl<'a> ErrorView<'a> {
    pub fn new(fault: &'a Fault, event: &'a str, about: About) -> Self {
        Self {
            field: fault.fields().first().map(|field| field.field.as_str()),
            retry_after_s: fault.retry_after_s(),
            ..Self::of_code(fault.code(), fault.public_detail(), event, about)
        }
    }

    pub fn of_code(code: Code, message: &'a str, event: &'a str, about: About) -> Self {
        let name = code.name();
        Self {
            status: "error",
            message,
            code: name,
            error: name,
            event,
            field: None,
            about,
            retry_after_s: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_field_the_event_and_what_it_was_about() {
        let fault = Fault::field("top_k", "is 51; it must be from 1 to 50");
        let about = About { chat_id: Some(4), ..About::default() };
        let view = serde_json::to_string_pretty(&ErrorView::new(&fault, "send_message", about)).unwrap();
        insta::assert_snapshot!(view, @r#"
        {
          "status": "error",
          "message": "`top_k`: is 51; it must be from 1 to 50",
          "code": "invalid_payload",
          "error": "invalid_payload",
          "event": "send_message",
          "field": "top_k",
          "chat_id": 4
        }
        "#);
    }
}
