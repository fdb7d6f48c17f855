//! The tools that a client declares: names, descriptions, and the JSON Schema of what they take.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::payload::{Payload, PayloadLimits};
use crate::sent::Field;
use docent_chat::is_built_in;
use docent_domain::Fault;
use docent_models::Tool;

/// Tools of one connection.
const MOST: usize = 64;
/// Bytes of one.
const LONGEST: usize = 16 * 1024;
/// Characters of a name, as model servers take them.
const LONGEST_NAME: usize = 64;

/// The tools that a connection brings into a room.
#[derive(Debug)]
pub(super) struct Tools(pub(super) Vec<Tool>);

/// Its parts may also stand inside `function`.
#[derive(ToSchema)]
pub(super) struct ToolIn<'a> {
    #[schema(value_type = Option<String>)]
    name: Option<&'a Value>,
    #[schema(value_type = Option<String>)]
    description: Option<&'a Value>,
    /// JSON Schema of an object.
    #[schema(value_type = Option<Map<String, Value>>)]
    parameters: Option<&'a Value>,
    function: Option<&'a Map<String, Value>>,
}

impl<'a> ToolIn<'a> {
    fn read(value: &'a Value) -> Self {
        let part = |name| value.get(name).filter(|part: &&Value| !part.is_null());
        let function = value.get("function").and_then(Value::as_object);
        Self {
            name: part("name"),
            description: part("description"),
            parameters: part("parameters"),
            function,
        }
    }

    /// Its parts, wherever they stand.
    fn unwrapped(self) -> Self {
        let Some(function) = self.function else { return self };
        let part = |name| function.get(name).filter(|part: &&Value| !part.is_null());
        Self {
            name: part("name"),
            description: part("description"),
            parameters: part("parameters"),
            function: None,
        }
    }
}

impl Field for Tools {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        let list = match payload.get(field) {
            None => return Ok(Self(Vec::new())),
            Some(Value::Array(list)) if list.len() <= MOST => list,
            Some(_) => return Err(Fault::field(field, format!("must be a list of at most {MOST} tools"))),
        };
        let mut tools: Vec<Tool> = Vec::with_capacity(list.len());
        for (n, value) in list.iter().enumerate() {
            let tool = tool(&format!("{field}[{n}]"), value)?;
            if tools.iter().any(|known| known.name == tool.name) {
                return Err(Fault::field(format!("{field}[{n}].name"), "is declared twice"));
            }
            tools.push(tool);
        }
        Ok(Self(tools))
    }
}

/// With its parts at the top, or inside `function`, as they are known from two of OpenAI's APIs.
fn tool(field: &str, value: &Value) -> Result<Tool, Fault> {
    let wrong = |part: &str, message: String| Err(Fault::field(format!("{field}{part}"), message));
    let bytes = value.to_string().len();
    if bytes > LONGEST {
        return wrong("", format!("has {bytes} bytes; at most {LONGEST} are allowed"));
    }
    let sent = ToolIn::read(value).unwrapped();
    let name = match sent.name {
        Some(Value::String(name)) if is_name(name) => name.clone(),
        _ => {
            let message = format!("must be at most {LONGEST_NAME} letters, digits, `_` and `-`");
            return wrong(".name", message);
        }
    };
    if is_built_in(&name) {
        return wrong(".name", format!("`{name}` is one of the server's own tools; choose another name"));
    }
    let description = match sent.description {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        _ => return wrong(".description", "must be a string".to_owned()),
    };
    let parameters = match sent.parameters {
        None => json!({"type": "object", "properties": {}}),
        Some(schema @ Value::Object(fields)) if fields.get("type").is_none_or(|kind| kind == "object") => {
            schema.clone()
        }
        _ => return wrong(".parameters", "must be the JSON Schema of an object".to_owned()),
    };
    Ok(Tool { name, description, parameters })
}

fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &Value) -> Result<Tool, String> {
        tool("tools[0]", value).map_err(|fault| fault.public_detail().to_owned())
    }

    #[test]
    fn tools_are_declared_in_two_shapes() {
        let schema = json!({"type": "object", "properties": {"place": {"type": "string"}}});
        let flat =
            json!({"type": "function", "name": "get_weather", "description": "Looks.", "parameters": schema});
        let nested = json!({"type": "function", "function": flat});
        assert_eq!(read(&flat), read(&nested));
        assert_eq!(read(&flat).unwrap().parameters, schema);
        let bare = read(&json!({"name": "ping"})).unwrap();
        assert_eq!(bare.parameters["type"], "object");
    }

    #[test]
    fn what_no_model_could_use_is_refused() {
        let wrong = [
            json!({}),
            json!({"name": "get weather"}),
            json!({"name": "search_documents"}),
            json!({"name": "a", "description": 7}),
            json!({"name": "a", "parameters": {"type": "string"}}),
            json!({"name": "a", "description": "x".repeat(LONGEST)}),
            json!("a"),
        ];
        let said: Vec<String> = wrong.iter().map(|value| read(value).unwrap_err()).collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        `tools[0].name`: must be at most 64 letters, digits, `_` and `-`
        `tools[0].name`: must be at most 64 letters, digits, `_` and `-`
        `tools[0].name`: `search_documents` is one of the server's own tools; choose another name
        `tools[0].description`: must be a string
        `tools[0].parameters`: must be the JSON Schema of an object
        `tools[0]`: has 16413 bytes; at most 16384 are allowed
        `tools[0].name`: must be at most 64 letters, digits, `_` and `-`
        ");
    }
}
