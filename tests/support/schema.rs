//! Values held against the schemas that clients are given: JSON Schema, as far as our documents use it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Who has written a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Fields that are not described are ignored, null and empty texts count as absent, and digits are integers.
    Client,
    /// What is sent is described, all of it.
    Server,
}

/// An object's schema with all of its parts.
#[derive(Default)]
struct Parts<'a> {
    properties: BTreeMap<&'a str, &'a Value>,
    required: BTreeSet<&'a str>,
    others: Option<&'a Value>,
    is_open: bool,
}

/// What is wrong with a value, if anything is. `document` is what the references in `schema` lead into.
pub fn complaint(document: &Value, schema: &Value, value: &Value, from: From) -> Option<String> {
    check(document, schema, value, from, "").err()
}

fn check(document: &Value, schema: &Value, value: &Value, from: From, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        return check(document, target, value, from, at);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let wrong: Vec<String> =
                choices.iter().map_while(|one| check(document, one, value, from, at).err()).collect();
            if wrong.len() == choices.len() {
                return Err(format!("{at} fits nothing: ({})", wrong.join("; ")));
            }
        }
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        return Err(format!("{at} is {value}, none of {}", schema["enum"]));
    }
    has_type(schema, value, from, at)?;
    in_range(schema, value, at)?;
    match value {
        Value::Array(items) if schema.get("items").is_some() => items
            .iter()
            .enumerate()
            .try_for_each(|(n, item)| check(document, &schema["items"], item, from, &format!("{at}[{n}]"))),
        Value::Object(fields) => {
            let mut parts = Parts::default();
            parts.collect(document, schema);
            check_fields(document, &parts, fields, from, at)
        }
        _ => Ok(()),
    }
}

fn check_fields(
    document: &Value,
    parts: &Parts<'_>,
    fields: &serde_json::Map<String, Value>,
    from: From,
    at: &str,
) -> Result<(), String> {
    let is_there = |value: &&Value| from == From::Server || !(value.is_null() || value.as_str() == Some(""));
    for name in &parts.required {
        if fields.get(*name).filter(is_there).is_none() {
            return Err(format!("{at}.{name} is missing"));
        }
    }
    for (name, value) in fields.iter().filter(|(_, value)| is_there(value)) {
        let at = format!("{at}.{name}");
        match parts.properties.get(name.as_str()).copied().or(parts.others) {
            Some(schema) => check(document, schema, value, from, &at)?,
            None if from == From::Client || parts.is_open => {}
            None => return Err(format!("{at} is not described")),
        }
    }
    Ok(())
}

impl<'a> Parts<'a> {
    fn collect(&mut self, document: &'a Value, schema: &'a Value) {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.collect(document, document.pointer(&reference[1..]).unwrap());
        }
        let all = schema["allOf"].as_array();
        for part in all.into_iter().flatten() {
            self.collect(document, part);
        }
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            self.properties.insert(name, schema);
        }
        let names = schema["required"].as_array().into_iter().flatten();
        self.required.extend(names.filter_map(Value::as_str));
        self.others = self.others.or(schema.get("additionalProperties").filter(|others| others.is_object()));
        // One of several, looked at already, or an object of any kind.
        let bare = all.is_none() && schema["properties"].as_object().is_none_or(serde_json::Map::is_empty);
        self.is_open |= bare && self.properties.is_empty();
    }
}

fn has_type(schema: &Value, value: &Value, from: From, at: &str) -> Result<(), String> {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = types.iter().any(|kind| match (*kind, value) {
        ("null", Value::Null) | ("boolean", Value::Bool(_)) | ("string", Value::String(_)) => true,
        ("array", Value::Array(_)) | ("object", Value::Object(_)) | ("number", Value::Number(_)) => true,
        ("integer", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("integer", Value::String(text)) => from == From::Client && digits(text),
        _ => false,
    });
    if fits { Ok(()) } else { Err(format!("{at} is {value}, and should be {}", schema["type"])) }
}

fn in_range(schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(number) = value.as_f64() else { return Ok(()) };
    let below = schema["minimum"].as_f64().is_some_and(|least| number < least);
    let above = schema["maximum"].as_f64().is_some_and(|most| number > most);
    if below || above { Err(format!("{at} is {number}, which is out of range")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(schema: Value, value: Value, from: From) -> String {
        let document = json!({"parts": {"id": {"type": "integer", "minimum": 1}}});
        complaint(&document, &schema, &value, from).unwrap_or_default()
    }

    #[test]
    fn what_does_not_fit_is_said_with_its_place() {
        let schema = json!({"allOf": [
            {"type": "object", "required": ["id"], "properties": {"id": {"$ref": "#/parts/id"}}},
            {"type": "object", "properties": {"names": {"type": "array", "items": {"type": "string"}}}},
        ]});
        let server = |value| told(schema.clone(), value, From::Server);
        assert_eq!(server(json!({"id": 1, "names": ["a"]})), "");
        assert_eq!(server(json!({"id": 0})), ".id is 0, which is out of range");
        assert_eq!(server(json!({"id": "1"})), ".id is \"1\", and should be \"integer\"");
        assert_eq!(server(json!({"names": []})), ".id is missing");
        assert_eq!(server(json!({"id": 1, "names": ["a", 2]})), ".names[1] is 2, and should be \"string\"");
        assert_eq!(server(json!({"id": 1, "more": 2})), ".more is not described");
        let client = |value| told(schema.clone(), value, From::Client);
        assert_eq!(client(json!({"id": "1", "names": null, "more": 2})), "");
        assert_eq!(client(json!({"id": ""})), ".id is missing");
    }

    #[test]
    fn one_of_several_is_enough() {
        let schema = json!({"oneOf": [{"type": "null"}, {"$ref": "#/parts/id"}]});
        assert_eq!(told(schema.clone(), json!(null), From::Server), "");
        assert_eq!(told(schema.clone(), json!(7), From::Server), "");
        assert!(told(schema, json!("x"), From::Server).contains("fits nothing"));
        assert!(told(json!({"enum": ["a"]}), json!("b"), From::Server).contains("none of"));
        assert_eq!(told(json!({}), json!({"a": [1]}), From::Server), "");
    }
}
