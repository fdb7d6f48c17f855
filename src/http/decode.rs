//! From a request's bytes to an endpoint's own type: the extractors that stand in for axum's, whose refusals are no
//! problem documents and do not name fields.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::IntoParams;

use super::services::Services;
use super::wire::Number;
use docent_domain::json::depth;
use docent_domain::{Code, Fault};
use docent_store::Window;
use docent_wire::Refused;

/// How deep arrays and objects may stand in each other.
const MAX_DEPTH: usize = 32;

/// How long a whole body that is no upload may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// A JSON body. Unknown fields are ignored; `null` and `""` count as absent.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Services> for Json<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, services: &Services) -> Result<Self, Self::Rejection> {
        let bytes = json_body(request, services).await?;
        parsed(&bytes, Blank::Absent).map(Self).map_err(Refused)
    }
}

/// A JSON body in which `""` clears a field, and only `null` counts as absent.
pub(super) struct Changes<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Services> for Changes<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, services: &Services) -> Result<Self, Self::Rejection> {
        let bytes = json_body(request, services).await?;
        parsed(&bytes, Blank::Kept).map(Self).map_err(Refused)
    }
}

/// A JSON body of which `null` clears what can be cleared, and only `""` counts as absent.
pub(super) struct Patch<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Services> for Patch<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, services: &Services) -> Result<Self, Self::Rejection> {
        let bytes = json_body(request, services).await?;
        parsed(&bytes, Blank::NullKept).map(Self).map_err(Refused)
    }
}

/// For a field of [`Patch`] that can be cleared: `null` is `Some(None)`.
pub(super) fn clearable<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}

/// What an empty string means, and `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blank {
    Absent,
    Kept,
    /// It is absent, and `null` is not.
    NullKept,
}

/// A JSON body that may be left out; one that is there says that it is JSON.
pub(super) struct OptionalJson<T>(pub(super) T);

impl<T: DeserializeOwned + Default> FromRequest<Services> for OptionalJson<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, services: &Services) -> Result<Self, Self::Rejection> {
        let (parts, body) = request.into_parts();
        let bytes = collect(body, services.limits.json_body).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        must_be_json(&parts)?;
        parsed(&bytes, Blank::Absent).map(Self).map_err(Refused)
    }
}

/// The query string, read by the same rules as a JSON object of strings.
pub(super) struct Query<T>(pub(super) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Fault::new(Code::BadRequest, "The query string cannot be read"))?;
        let fields = pairs.0.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        from_object(fields, Blank::Absent).map(Self).map_err(Refused)
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// How many to leave out at the beginning.
    #[param(value_type = Option<i64>, minimum = 0)]
    skip: Option<Number>,
    /// How many to answer with, at most 1000.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 1000)]
    limit: Option<Number>,
}

impl PageQuery {
    pub(super) fn window(self) -> Result<Window, Fault> {
        let skip = self.skip.map_or(0, |number| number.0);
        let limit = self.limit.map_or(100, |number| number.0);
        if skip < 0 {
            return Err(Fault::field("skip", "must not be negative"));
        }
        if !(1..=1000).contains(&limit) {
            return Err(Fault::field("limit", "must be 1 to 1000"));
        }
        Ok(Window { skip, limit })
    }
}

fn is_json(parts: &Parts) -> bool {
    let Some(kind) = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn must_be_json(parts: &Parts) -> Result<(), Fault> {
    if is_json(parts) {
        return Ok(());
    }
    let detail = "Send the body as JSON, with the header `Content-Type: application/json`";
    Err(Fault::new(Code::UnsupportedMediaType, detail))
}

async fn json_body(request: Request, services: &Services) -> Result<Vec<u8>, Fault> {
    let (parts, body) = request.into_parts();
    must_be_json(&parts)?;
    collect(body, services.limits.json_body).await
}

async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, Fault> {
    let read = async {
        let mut bytes = Vec::new();
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| Fault::new(Code::BadRequest, "The request ended too early"))?;
            if bytes.len() + piece.len() > limit {
                let detail = format!("The body of this request may have at most {limit} bytes");
                return Err(Fault::new(Code::PayloadTooLarge, detail));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    };
    tokio::time::timeout(BODY_TIME, read)
        .await
        .unwrap_or_else(|_| Err(Fault::new(Code::RequestTimeout, "The request arrived too slowly")))
}

/// A body's own type, in which `null` and `""` count as absent.
pub(super) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    parsed(bytes, Blank::Absent)
}

fn parsed<T: DeserializeOwned>(bytes: &[u8], blank: Blank) -> Result<T, Fault> {
    if depth(bytes) > MAX_DEPTH {
        let detail = format!("Arrays and objects may be nested at most {MAX_DEPTH} deep");
        return Err(Fault::new(Code::BadRequest, detail));
    }
    // Some writers begin files with it; RFC 8259 allows readers to pass over it.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => from_object(fields, blank),
        Ok(_) => Err(Fault::new(Code::InvalidPayload, "The body must be a JSON object")),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let detail = format!("The body is not valid JSON (line {line}, column {column})");
            Err(Fault::new(Code::BadRequest, detail))
        }
    }
}

fn from_object<T: DeserializeOwned>(mut fields: Map<String, Value>, blank: Blank) -> Result<T, Fault> {
    fields.retain(|_, value| match value {
        Value::Null => blank == Blank::NullKept,
        Value::String(text) => blank == Blank::Kept || !text.is_empty(),
        _ => true,
    });
    // Postgres cannot store it, so nobody may send it.
    let with_nul = |value: &Value| value.as_str().is_some_and(|text| text.contains('\0'));
    if let Some((name, _)) = fields.iter().find(|(_, value)| with_nul(value)) {
        return Err(Fault::field(name, "must not contain the character NUL"));
    }
    serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| {
        let path = error.path().to_string();
        let message = error.into_inner().to_string();
        // A field that is missing is named in the message only.
        match message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            Some(missing) if path == "." => Fault::field(missing, "is required"),
            Some(missing) => Fault::field(format!("{path}.{missing}"), "is required"),
            None => Fault::field(path, message),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "read through Debug")]
    struct Sample {
        name: String,
        top_k: Option<Number>,
        ids: Option<Vec<Number>>,
    }

    fn check(body: &str) -> String {
        match parsed::<Sample>(body.as_bytes(), Blank::Absent) {
            Ok(sample) => format!("{sample:?}"),
            Err(fault) => fault.chain(),
        }
    }

    #[test]
    fn bodies_are_read_kindly_and_refused_by_field() {
        insta::assert_snapshot!(check(r#"{"name": "a", "top_k": "3", "more": [1]}"#), @"Sample { name: \"a\", top_k: Some(Number(3)), ids: None }");
        insta::assert_snapshot!(check(r#"{"name": "a", "top_k": null, "ids": ["1", 2]}"#), @"Sample { name: \"a\", top_k: None, ids: Some([Number(1), Number(2)]) }");
        insta::assert_snapshot!(check("\u{feff}{\"name\": \"a\"}"), @"Sample { name: \"a\", top_k: None, ids: None }");
        insta::assert_snapshot!(check(r#"{"name": ""}"#), @"invalid_payload: `name`: is required");
        insta::assert_snapshot!(check(r#"{"name": 3}"#), @"invalid_payload: `name`: invalid type: integer `3`, expected a string");
        insta::assert_snapshot!(check(r#"{"name": "a", "ids": [1, "x"]}"#), @"invalid_payload: `ids[1]`: invalid type: string \"x\", expected a whole number");
        insta::assert_snapshot!(check(r#"{"name": "a\u0000b"}"#), @"invalid_payload: `name`: must not contain the character NUL");
        insta::assert_snapshot!(check("[]"), @"invalid_payload: The body must be a JSON object");
        insta::assert_snapshot!(check("{\"name\": \"\u{1}"), @"bad_request: The body is not valid JSON (line 1, column 11)");
        insta::assert_snapshot!(check(&format!("{{\"name\": {}1{}}}", "[".repeat(40), "]".repeat(40))), @"bad_request: Arrays and objects may be nested at most 32 deep");
    }
}
