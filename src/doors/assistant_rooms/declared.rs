//! The tools that a client declares: names, descriptions, and the JSON Schema of what they take.

use serde_json::{Value, json};

use super::room::Bring;
use crate::inbox::Call;
use crate::payload::Payload;
use docent_chat::is_built_in;
use docent_domain::Fault;
use docent_models::Tool;

/// Tools of one connection.
const MOST: usize = 64;
/// Bytes of one.
const LONGEST: usize = 16 * 1024;
/// Characters of a name, as model servers take them.
const LONGEST_NAME: usize = 64;

/// What a connection brings into a room.
pub(super) fn bring(call: &Call<'_>) -> Result<Bring, Fault> {
    let automatic = call.payload.optional_bool("auto_execute_functions")?.unwrap_or(true);
    Ok(Bring { tools: tools(&call.payload)?, decides: !automatic })
}

fn tools(payload: &Payload) -> Result<Vec<Tool>, Fault> {
    let list = match payload.get("tools") {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) if list.len() <= MOST => list,
        Some(_) => return Err(Fault::field("tools", format!("must be a list of at most {MOST} tools"))),
    };
    let mut tools: Vec<Tool> = Vec::with_capacity(list.len());
    for (n, value) in list.iter().enumerate() {
        let tool = tool(&format!("tools[{n}]"), value)?;
        if tools.iter().any(|known| known.name == tool.name) {
            return Err(Fault::field(format!("tools[{n}].name"), "is declared twice"));
        }
        tools.push(tool);
    }
    Ok(tools)
}

/// With its parts at the top, or inside `function`, as they are known from two of OpenAI's APIs.
fn tool(field: &str, value: &Value) -> Result<Tool, Fault> {
    let wrong = |part: &str, message: String| Err(Fault::field(format!("{field}{part}"), message));
    let bytes = value.to_string().len();
    if bytes > LONGEST {
        return wrong("", format!("has {bytes} bytes; at most {LONGEST} are allowed"));
    }
    let inside = value.get("function").filter(|function| function.is_object()).unwrap_or(value);
    let name = match &inside["name"] {
        Value::String(name) if is_name(name) => name.clone(),
        _ => {
            let message = format!("must be at most {LONGEST_NAME} letters, digits, `_` and `-`");
            return wrong(".name", message);
        }
    };
    if is_built_in(&name) {
        return wrong(".name", format!("`{name}` is one of the server's own tools; choose another name"));
    }
    let description = match &inside["description"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        _ => return wrong(".description", "must be a string".to_owned()),
    };
    let parameters = match &inside["parameters"] {
        Value::Null => json!({"type": "object", "properties": {}}),
        schema @ Value::Object(fields) if fields.get("type").is_none_or(|kind| kind == "object") => {
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
