//! One message of a client, before the protocol's own library reads it: what that library would answer with a status and a
//! sentence gets the JSON-RPC error that clients read, and what clients send a little differently is put right.

use serde_json::{Map, Value, json};

use docent_domain::json::{depth, whole};

/// How deep arrays and objects may stand in each other.
const MAX_DEPTH: usize = 32;

const PARSE_ERROR: i32 = -32_700;
const INVALID_REQUEST: i32 = -32_600;
const INVALID_PARAMS: i32 = -32_602;

/// An answer to what is no message: JSON-RPC's own form.
#[derive(Debug, PartialEq)]
pub(super) struct Complaint {
    id: Value,
    code: i32,
    message: String,
}

impl Complaint {
    fn new(id: Value, code: i32, message: impl Into<String>) -> Self {
        Self { id, code, message: message.into() }
    }

    /// The library refused the message of this id with a sentence.
    pub(super) fn of_sentence(id: Value, sentence: &str) -> Self {
        let sentence = sentence.trim_start_matches("Bad Request:").trim();
        Self::new(id, INVALID_REQUEST, format!("Invalid Request: {sentence}"))
    }

    pub(super) fn json(&self) -> Value {
        json!({"jsonrpc": "2.0", "id": self.id, "error": {"code": self.code, "message": self.message}})
    }
}

/// The message as the library takes it.
pub(super) fn mended(bytes: &[u8]) -> Result<Value, Complaint> {
    let unnamed = |code, message: &str| Complaint::new(Value::Null, code, message);
    if depth(bytes) > MAX_DEPTH {
        let message = format!("Invalid Request: arrays and objects may be nested at most {MAX_DEPTH} deep");
        return Err(unnamed(INVALID_REQUEST, &message));
    }
    let mut fields = match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => fields,
        Ok(Value::Array(_)) => {
            return Err(unnamed(INVALID_REQUEST, "Invalid Request: send one message at a time, no batch"));
        }
        Ok(_) => return Err(unnamed(INVALID_REQUEST, "Invalid Request: send a JSON object")),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let message = format!("Parse error: not valid JSON (line {line}, column {column})");
            return Err(unnamed(PARSE_ERROR, &message));
        }
    };
    let id = identified(&fields)?;
    let invalid = |message: &str| Complaint::new(id.clone(), INVALID_REQUEST, message);
    if fields.get("jsonrpc").is_none_or(|version| version != "2.0") {
        return Err(invalid("Invalid Request: `jsonrpc` must be \"2.0\""));
    }
    // The client's answer to something that it was asked.
    if !fields.contains_key("method") && (fields.contains_key("result") || fields.contains_key("error")) {
        return Ok(Value::Object(fields));
    }
    let Some(method) = fields.get("method").and_then(Value::as_str).map(str::to_owned) else {
        return Err(invalid("Invalid Request: `method` must be a string"));
    };
    let calls = method == "tools/call";
    if method == "initialize" {
        check_greeting(fields.get("params"), &id)?;
    }
    match fields.get_mut("params") {
        Some(Value::Object(params)) if calls => mend_call(params, &id)?,
        Some(Value::Object(_)) => {}
        None | Some(Value::Null) if calls => {
            return Err(Complaint::new(id, INVALID_PARAMS, "Invalid params: `params.name` is required"));
        }
        Some(Value::Null) => drop(fields.remove("params")),
        None => {}
        Some(_) => {
            return Err(Complaint::new(id, INVALID_PARAMS, "Invalid params: `params` must be an object"));
        }
    }
    Ok(Value::Object(fields))
}

/// The library takes a greeting that it cannot read for a method that it does not know.
fn check_greeting(params: Option<&Value>, id: &Value) -> Result<(), Complaint> {
    type Sound = fn(&Value) -> bool;
    let required: [(&str, Sound); 5] = [
        ("/protocolVersion", Value::is_string),
        ("/capabilities", Value::is_object),
        ("/clientInfo", Value::is_object),
        ("/clientInfo/name", Value::is_string),
        ("/clientInfo/version", Value::is_string),
    ];
    let params = params.unwrap_or(&Value::Null);
    let lacks = required.iter().find(|(place, sound)| !params.pointer(place).is_some_and(sound));
    lacks.map_or(Ok(()), |(place, _)| {
        let message =
            format!("Invalid params: `params{}` is missing or of another type", place.replace('/', "."));
        Err(Complaint::new(id.clone(), INVALID_PARAMS, message))
    })
}

/// The id of a message; null where it has none.
fn identified(fields: &Map<String, Value>) -> Result<Value, Complaint> {
    match fields.get("id") {
        None => Ok(Value::Null),
        Some(Value::String(id)) => Ok(Value::String(id.clone())),
        Some(id) if is_whole(id) => Ok(id.clone()),
        Some(_) => {
            let message = "Invalid Request: `id` must be a string or a whole number";
            Err(Complaint::new(Value::Null, INVALID_REQUEST, message))
        }
    }
}

fn is_whole(value: &Value) -> bool {
    value.as_i64().is_some() || value.as_f64().is_some_and(|number| whole(number).is_some())
}

/// Models write the arguments of a call as text, and some clients pass them on as they are.
fn mend_call(params: &mut Map<String, Value>, id: &Value) -> Result<(), Complaint> {
    let wrong = |message: &str| Err(Complaint::new(id.clone(), INVALID_PARAMS, message));
    if !params.get("name").is_some_and(Value::is_string) {
        return wrong("Invalid params: `params.name` must be the name of a tool");
    }
    let read = match params.get("arguments") {
        None | Some(Value::Object(_)) => return Ok(()),
        Some(Value::Null) => None,
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) if depth(text.as_bytes()) <= MAX_DEPTH => {
            match serde_json::from_str(text) {
                Ok(Value::Object(arguments)) => Some(arguments),
                Ok(Value::Null) => None,
                _ => return wrong("Invalid params: `params.arguments` is text, but no JSON object"),
            }
        }
        Some(_) => return wrong("Invalid params: `params.arguments` must be an object"),
    };
    match read {
        Some(arguments) => drop(params.insert("arguments".to_owned(), Value::Object(arguments))),
        None => drop(params.remove("arguments")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str) -> String {
        match mended(message.as_bytes()) {
            Ok(message) => message.to_string(),
            Err(complaint) => complaint.json().to_string(),
        }
    }

    #[test]
    fn what_is_no_message_gets_an_error_of_json_rpc() {
        let wrong = [
            "{",
            "[]",
            r#"[{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}]"#,
            "7",
            r#"{"id": 1, "method": "tools/list"}"#,
            r#"{"jsonrpc": "2.0", "id": null, "method": "tools/list"}"#,
            r#"{"jsonrpc": "2.0", "id": [1], "method": "tools/list"}"#,
            r#"{"jsonrpc": "2.0", "id": 1.5, "method": "tools/list"}"#,
            r#"{"jsonrpc": "2.0", "id": true, "method": "tools/list"}"#,
            r#"{"jsonrpc": "2.0", "id": "a"}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": 7}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "tools/list", "params": [1]}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "initialize"}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a"}}}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "tools/call"}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": 7}}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "ask", "arguments": [1]}}"#,
            r#"{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "ask", "arguments": "x"}}"#,
        ];
        let answers: Vec<String> = wrong
            .iter()
            .map(|message| {
                let answer = mended(message.as_bytes()).unwrap_err().json();
                format!(
                    "{} {} {}",
                    answer["id"],
                    answer["error"]["code"],
                    answer["error"]["message"].as_str().unwrap()
                )
            })
            .collect();
        insta::assert_snapshot!(answers.join("\n"), @r#"
        null -32700 Parse error: not valid JSON (line 1, column 1)
        null -32600 Invalid Request: send one message at a time, no batch
        null -32600 Invalid Request: send one message at a time, no batch
        null -32600 Invalid Request: send a JSON object
        1 -32600 Invalid Request: `jsonrpc` must be "2.0"
        null -32600 Invalid Request: `id` must be a string or a whole number
        null -32600 Invalid Request: `id` must be a string or a whole number
        null -32600 Invalid Request: `id` must be a string or a whole number
        null -32600 Invalid Request: `id` must be a string or a whole number
        "a" -32600 Invalid Request: `method` must be a string
        7 -32600 Invalid Request: `method` must be a string
        7 -32602 Invalid params: `params` must be an object
        7 -32602 Invalid params: `params.protocolVersion` is missing or of another type
        7 -32602 Invalid params: `params.clientInfo.version` is missing or of another type
        7 -32602 Invalid params: `params.name` is required
        7 -32602 Invalid params: `params.name` must be the name of a tool
        7 -32602 Invalid params: `params.arguments` must be an object
        7 -32602 Invalid params: `params.arguments` is text, but no JSON object
        "#);
        assert!(check(&format!("{}1{}", "[".repeat(100), "]".repeat(100))).contains("nested"));
    }

    #[test]
    fn arguments_as_text_are_taken_like_an_object() {
        let call = |arguments: &str| {
            let message = format!(
                r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"ask","arguments":{arguments}}}}}"#
            );
            mended(message.as_bytes()).unwrap()["params"]["arguments"].clone()
        };
        assert_eq!(call(r#""{\"question\": \"Why?\"}""#), json!({"question": "Why?"}));
        assert_eq!(call(r#"{"question": "Why?"}"#), json!({"question": "Why?"}));
        assert_eq!(call(r#""""#), Value::Null);
        assert_eq!(call("null"), Value::Null);
    }

    #[test]
    fn sound_messages_pass() {
        for message in [
            r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
            r#"{"jsonrpc":"2.0","id":"a","method":"no/such","params":{}}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}"#,
            r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        ] {
            let read: Value = serde_json::from_str(message).unwrap();
            assert_eq!(mended(message.as_bytes()).unwrap(), read);
        }
    }
}
