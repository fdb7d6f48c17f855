//! From a request's bytes to its fields; what is wrong names the field.

use axum::body::Body;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refusal::Refusal;
use crate::body::whole;
use docent_domain::{Code, Fault};

/// How deep arrays and objects may stand in each other.
const MAX_DEPTH: usize = 32;

/// The whole body as `T`, whatever its content type says: clients differ in what they send.
pub(super) async fn read<T: DeserializeOwned>(body: Body, limit: usize) -> Result<T, Refusal> {
    parse(&whole(body, limit).await?)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Fault::new(Code::BadRequest, format!("The body is not valid JSON (line {line}, column {column})"))
    })?;
    if !value.is_object() {
        return Err(Fault::new(Code::InvalidPayload, "The body must be a JSON object").into());
    }
    if depth(&value) > MAX_DEPTH {
        let detail = format!("Arrays and objects may be nested at most {MAX_DEPTH} deep");
        return Err(Fault::new(Code::BadRequest, detail).into());
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let message = error.into_inner().to_string();
        // A field that is missing is named in the message only.
        match message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            Some(missing) if path == "." => Refusal::field(missing, "is required"),
            Some(missing) => Refusal::field(format!("{path}.{missing}"), "is required"),
            None => Refusal::field(path, message),
        }
    })
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "read through Debug")]
    struct Sample {
        model: String,
        n: Option<i64>,
    }

    fn check(body: &str) -> String {
        match parse::<Sample>(body.as_bytes()) {
            Ok(sample) => format!("{sample:?}"),
            Err(refusal) => serde_json::to_string(&refusal.view()).unwrap(),
        }
    }

    #[test]
    fn bodies_are_refused_by_field() {
        insta::assert_snapshot!(check(r#"{"model": "m", "n": null, "more": {}}"#), @r#"Sample { model: "m", n: None }"#);
        insta::assert_snapshot!(check(r#"{"n": 1}"#), @r#"{"error":{"message":"`model`: is required","type":"invalid_request_error","param":"model","code":"invalid_payload"}}"#);
        insta::assert_snapshot!(check(r#"{"model": "m", "n": "1"}"#), @r#"{"error":{"message":"`n`: invalid type: string \"1\", expected i64","type":"invalid_request_error","param":"n","code":"invalid_payload"}}"#);
        insta::assert_snapshot!(check("[]"), @r#"{"error":{"message":"The body must be a JSON object","type":"invalid_request_error","param":null,"code":"invalid_payload"}}"#);
        insta::assert_snapshot!(check("{"), @r#"{"error":{"message":"The body is not valid JSON (line 1, column 1)","type":"invalid_request_error","param":null,"code":"bad_request"}}"#);
        insta::assert_snapshot!(check(&format!("{{\"n\": {}1{}}}", "[".repeat(40), "]".repeat(40))), @r#"{"error":{"message":"Arrays and objects may be nested at most 32 deep","type":"invalid_request_error","param":null,"code":"bad_request"}}"#);
    }
}
