//! Reading what a client sent: every complaint names the field and says what it should have been.

use serde_json::{Map, Value};
use socketioxide::handler::Value as Packet;

use docent_chat::Named;
use docent_domain::json::{LARGEST_INTEGER, depth};
use docent_domain::{Code, Fault};

/// How much of a payload is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadLimits {
    /// UTF-8 bytes of one message of a person.
    pub message_bytes: usize,
    /// Sources for one answer.
    pub top_k: i64,
    /// Ids in one list.
    pub ids: usize,
    /// Objects and lists inside one another.
    pub json_depth: usize,
    /// Bytes of a client's own `metadata`.
    pub metadata_bytes: usize,
}

impl Default for PayloadLimits {
    fn default() -> Self {
        Self { message_bytes: 32 * 1024, top_k: 50, ids: 1_000, json_depth: 32, metadata_bytes: 16 * 1024 }
    }
}

/// The object that came with an event. `null` and empty strings count as absent; fields that nobody asks for are
/// ignored.
#[derive(Debug, Default)]
pub(super) struct Payload {
    /// Where it stands in what was sent, as complaints put it: empty, or `metadata.`
    path: String,
    fields: Map<String, Value>,
}

impl Payload {
    /// The first argument of the event, if it is an object.
    pub(super) fn read(packet: &Packet, limits: &PayloadLimits) -> Result<Self, Fault> {
        match first_argument(packet, limits)? {
            Some(Value::Object(fields)) => Ok(Self::of(fields)),
            None => Err(unreadable("this event needs a payload: send one JSON object")),
            Some(other) => Err(unreadable(format!("the payload is {}; send one JSON object", kind(&other)))),
        }
    }

    /// Like [`Payload::read`], for events whose payload says nothing that is needed.
    pub(super) fn read_if_any(packet: &Packet, limits: &PayloadLimits) -> Result<Self, Fault> {
        match first_argument(packet, limits)? {
            Some(Value::Object(fields)) => Ok(Self::of(fields)),
            None => Ok(Self::default()),
            Some(other) => {
                Err(unreadable(format!("the payload is {}; send one JSON object or nothing", kind(&other))))
            }
        }
    }

    /// Like [`Payload::read`]; a bare string stands for an object with this one field.
    pub(super) fn read_or_text(packet: &Packet, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        match first_argument(packet, limits)? {
            Some(Value::Object(fields)) => Ok(Self::of(fields)),
            Some(text @ Value::String(_)) => Ok(Self::of(Map::from_iter([(field.to_owned(), text)]))),
            None => Err(unreadable("this event needs a payload: send one JSON object or a string")),
            Some(other) => {
                Err(unreadable(format!("the payload is {}; send one JSON object or a string", kind(&other))))
            }
        }
    }

    /// The body of a request.
    pub(super) fn of_body(body: &[u8], limits: &PayloadLimits) -> Result<Self, Fault> {
        let json = std::str::from_utf8(body).unwrap_or_default();
        if depth(json.as_bytes()) > limits.json_depth {
            let most = limits.json_depth;
            return Err(unreadable(format!("it is nested too deeply; at most {most} levels are allowed")));
        }
        match serde_json::from_str(json) {
            Ok(Value::Object(fields)) => Ok(Self::of(fields)),
            Ok(other) => Err(unreadable(format!("the body is {}; send one JSON object", kind(&other)))),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                let detail = format!("The body is not valid JSON (line {line}, column {column})");
                Err(Fault::new(Code::BadRequest, detail))
            }
        }
    }

    fn of(fields: Map<String, Value>) -> Self {
        Self { path: String::new(), fields }
    }

    /// An object inside this one, of at most `max` bytes.
    pub(super) fn optional_object(&self, field: &str, max: usize) -> Result<Option<Self>, Fault> {
        let named = self.named(field);
        match self.get(field) {
            None => Ok(None),
            Some(Value::Object(fields)) => {
                let bytes = serde_json::to_string(fields).map_or(usize::MAX, |text| text.len());
                if bytes > max {
                    return Err(Fault::field(named, format!("has {bytes} bytes; at most {max} are allowed")));
                }
                Ok(Some(Self { path: format!("{named}."), fields: fields.clone() }))
            }
            Some(other) => Err(Fault::field(named, format!("is {}; send an object", kind(other)))),
        }
    }

    /// What a client calls a chat: an id, or a name of its own.
    pub(super) fn optional_chat(&self, field: &str) -> Result<Option<Named>, Fault> {
        let text = match self.get(field) {
            None => return Ok(None),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => {
                return Err(Fault::field(self.named(field), format!("is {}; send a string", kind(other))));
            }
        };
        let named = Named::parse(&text);
        named.map(Some).ok_or_else(|| {
            Fault::field(self.named(field), "is no id and no name; send at most 128 characters, without NUL")
        })
    }

    pub(super) fn into_fields(self) -> Map<String, Value> {
        self.fields
    }

    /// The field as complaints put it.
    fn named(&self, field: &str) -> String {
        format!("{}{field}", self.path)
    }

    /// The field as it came, unless it counts as absent.
    pub(super) fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !matches!(value, Value::Null) && value.as_str() != Some(""))
    }

    pub(super) fn id<T: From<i64>>(&self, field: &str) -> Result<T, Fault> {
        self.optional_id(field)?.ok_or_else(|| missing(&self.named(field), "an integer id"))
    }

    pub(super) fn optional_id<T: From<i64>>(&self, field: &str) -> Result<Option<T>, Fault> {
        self.get(field).map(|value| id(&self.named(field), value)).transpose()
    }

    /// At most `max` ids; the list may be empty.
    pub(super) fn optional_ids<T: From<i64>>(
        &self,
        field: &str,
        max: usize,
    ) -> Result<Option<Vec<T>>, Fault> {
        let Some(value) = self.get(field) else { return Ok(None) };
        let Value::Array(values) = value else {
            return Err(Fault::field(self.named(field), format!("is {}; send a list of ids", kind(value))));
        };
        if values.len() > max {
            return Err(Fault::field(
                self.named(field),
                format!("has {} ids; at most {max} are allowed", values.len()),
            ));
        }
        let read = |(n, value)| id(&format!("{}[{n}]", self.named(field)), value);
        values.iter().enumerate().map(read).collect::<Result<_, _>>().map(Some)
    }

    /// Some text of at most `max` bytes, with more in it than spaces.
    pub(super) fn text(&self, field: &str, max: usize) -> Result<&str, Fault> {
        self.optional_text(field, max)?
            .filter(|text| !text.trim().is_empty())
            .ok_or_else(|| missing(&self.named(field), "some text"))
    }

    pub(super) fn optional_text(&self, field: &str, max: usize) -> Result<Option<&str>, Fault> {
        match self.get(field) {
            None => Ok(None),
            Some(Value::String(text)) if text.len() > max => Err(Fault::field(
                self.named(field),
                format!("has {} bytes; at most {max} are allowed", text.len()),
            )),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(Fault::field(self.named(field), format!("is {}; send a string", kind(other)))),
        }
    }

    pub(super) fn optional_bool(&self, field: &str) -> Result<Option<bool>, Fault> {
        match self.get(field) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(other) => {
                Err(Fault::field(self.named(field), format!("is {}; send true or false", kind(other))))
            }
        }
    }

    pub(super) fn bool(&self, field: &str) -> Result<bool, Fault> {
        self.optional_bool(field)?.ok_or_else(|| missing(&self.named(field), "true or false"))
    }

    pub(super) fn optional_number(&self, field: &str, least: f64, most: f64) -> Result<Option<f64>, Fault> {
        let Some(value) = self.get(field) else { return Ok(None) };
        match value.as_f64() {
            Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
            Some(number) => Err(Fault::field(
                self.named(field),
                format!("is {number}; it must be from {least} to {most}"),
            )),
            None => Err(Fault::field(self.named(field), format!("is {}; send a number", kind(value)))),
        }
    }

    pub(super) fn integer(&self, field: &str, least: i64, most: i64) -> Result<i64, Fault> {
        self.optional_integer(field, least, most)?.ok_or_else(|| missing(&self.named(field), "an integer"))
    }

    pub(super) fn optional_integer(&self, field: &str, least: i64, most: i64) -> Result<Option<i64>, Fault> {
        let Some(value) = self.get(field) else { return Ok(None) };
        let number = match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        match number {
            Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
            Some(number) => Err(Fault::field(
                self.named(field),
                format!("is {number}; it must be from {least} to {most}"),
            )),
            None => Err(Fault::field(self.named(field), format!("is {}; send an integer", kind(value)))),
        }
    }
}

/// A complaint about the payload as a whole.
fn unreadable(message: impl Into<String>) -> Fault {
    Fault::field("payload", message)
}

fn missing(field: &str, expected: &str) -> Fault {
    Fault::field(field, format!("is missing; send {expected}"))
}

fn id<T: From<i64>>(field: &str, value: &Value) -> Result<T, Fault> {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        _ => None,
    };
    number
        .filter(|number| (1..=LARGEST_INTEGER).contains(number))
        .map(T::from)
        .ok_or_else(|| Fault::field(field, format!("is {}; send a positive integer id", described(value))))
}

fn first_argument(packet: &Packet, limits: &PayloadLimits) -> Result<Option<Value>, Fault> {
    let Packet::Str(text, attachments) = packet else {
        return Err(unreadable("binary packets are not understood; send one JSON object"));
    };
    if attachments.as_ref().is_some_and(|attachments| !attachments.is_empty()) {
        return Err(unreadable("binary attachments are not understood; send one JSON object"));
    }
    if depth(text.as_bytes()) > limits.json_depth + 1 {
        let most = limits.json_depth;
        return Err(unreadable(format!("it is nested too deeply; at most {most} levels are allowed")));
    }
    let arguments: Vec<Value> =
        serde_json::from_str(text).map_err(|_| unreadable("it is not valid JSON; send one JSON object"))?;
    Ok(arguments.into_iter().nth(1).filter(|argument| !argument.is_null()))
}

fn described(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        other => kind(other).to_owned(),
    }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::ProjectId;
    use insta::assert_snapshot;

    fn packet(json: &str) -> Packet {
        Packet::Str(json.to_owned().into(), None)
    }

    fn payload(json: &str) -> Payload {
        Payload::read(&packet(&format!(r#"["event",{json}]"#)), &PayloadLimits::default()).unwrap()
    }

    fn refused(packet: &Packet) -> String {
        Payload::read(packet, &PayloadLimits::default()).unwrap_err().to_string()
    }

    #[test]
    fn ids_are_integers_or_digits() {
        for json in [r#"{"project_id": 7}"#, r#"{"project_id": "7"}"#] {
            assert_eq!(payload(json).id::<ProjectId>("project_id").unwrap(), ProjectId::from(7));
        }
        let wrong = |json| payload(json).id::<ProjectId>("project_id").unwrap_err().to_string();
        assert_snapshot!(wrong("{}"), @"`project_id`: is missing; send an integer id");
        assert_snapshot!(wrong(r#"{"project_id": ""}"#), @"`project_id`: is missing; send an integer id");
        assert_snapshot!(wrong(r#"{"project_id": -1}"#), @"`project_id`: is -1; send a positive integer id");
        assert_snapshot!(wrong(r#"{"project_id": 1.5}"#), @"`project_id`: is 1.5; send a positive integer id");
        assert_snapshot!(wrong(r#"{"project_id": "7 or 8"}"#), @"`project_id`: is a string; send a positive integer id");
        assert_snapshot!(wrong(r#"{"project_id": 9007199254740993}"#), @"`project_id`: is 9007199254740993; send a positive integer id");
    }

    #[test]
    fn what_is_no_object_is_refused_as_a_whole() {
        assert_snapshot!(refused(&packet(r#"["event"]"#)), @"`payload`: this event needs a payload: send one JSON object");
        assert_snapshot!(refused(&packet(r#"["event", null]"#)), @"`payload`: this event needs a payload: send one JSON object");
        assert_snapshot!(refused(&packet(r#"["event", [1]]"#)), @"`payload`: the payload is a list; send one JSON object");
        assert_snapshot!(refused(&packet(r#"["event", "x"]"#)), @"`payload`: the payload is a string; send one JSON object");
        assert_snapshot!(refused(&packet(r#"["event", {"#)), @"`payload`: it is not valid JSON; send one JSON object");
        let binary = Packet::Str(r#"["event", {}]"#.into(), Some([bytes::Bytes::from_static(b"x")].into()));
        assert_snapshot!(refused(&binary), @"`payload`: binary attachments are not understood; send one JSON object");
    }

    #[test]
    fn nesting_is_bounded_but_brackets_in_text_are_not_nesting() {
        let nested =
            |levels: usize| format!(r#"["event", {{"a": {}{}}}]"#, "[".repeat(levels), "]".repeat(levels));
        assert!(Payload::read(&packet(&nested(31)), &PayloadLimits::default()).is_ok());
        assert_snapshot!(refused(&packet(&nested(32))), @"`payload`: it is nested too deeply; at most 32 levels are allowed");
        assert_snapshot!(refused(&packet(&nested(100_000))), @"`payload`: it is nested too deeply; at most 32 levels are allowed");
        let text = format!(r#"{{"message": "\"{}"}}"#, "[".repeat(100));
        assert!(payload(&text).text("message", 1_000).is_ok());
    }

    #[test]
    fn numbers_and_lists_keep_their_limits() {
        let payload = payload(
            r#"{"temperature": 2.5, "top_k": "12", "ids": [1, "2"], "bad": [1, true], "message": "  "}"#,
        );
        let limits = PayloadLimits::default();
        assert_eq!(payload.optional_integer("top_k", 1, 50).unwrap(), Some(12));
        assert_eq!(payload.optional_ids::<i64>("ids", limits.ids).unwrap(), Some(vec![1, 2]));
        assert_snapshot!(payload.optional_ids::<i64>("ids", 1).unwrap_err(), @"`ids`: has 2 ids; at most 1 are allowed");
        assert_snapshot!(payload.optional_ids::<i64>("bad", 9).unwrap_err(), @"`bad[1]`: is a boolean; send a positive integer id");
        assert_snapshot!(payload.optional_number("temperature", 0.0, 2.0).unwrap_err(), @"`temperature`: is 2.5; it must be from 0 to 2");
        assert_snapshot!(payload.text("message", 100).unwrap_err(), @"`message`: is missing; send some text");
        assert_snapshot!(payload.text("message", 1).unwrap_err(), @"`message`: has 2 bytes; at most 1 are allowed");
    }
}
