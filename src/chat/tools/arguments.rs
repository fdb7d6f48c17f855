//! Reading what a model wrote. Complaints go back to it: they name the field and say what it should have been.

use serde_json::Value;

/// The object that a model has sent; nothing at all counts as an empty one.
pub(super) fn object(text: &str) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    match serde_json::from_str(text) {
        Ok(object @ Value::Object(_)) => Ok(object),
        // Some models wrap the object into a string.
        Ok(Value::String(inner)) if !inner.starts_with('"') => object(&inner),
        _ => Err("the arguments are not a JSON object".to_owned()),
    }
}

/// A text that may be missing.
pub(super) fn optional_text<'a>(
    arguments: &'a Value,
    field: &str,
    most: usize,
) -> Result<Option<&'a str>, String> {
    match &arguments[field] {
        Value::Null => Ok(None),
        Value::String(text) if text.chars().count() > most => {
            Err(format!("`{field}` has more than {most} characters"))
        }
        Value::String(text) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        _ => Err(format!("`{field}` must be a string")),
    }
}

/// An integer that may be missing; digits in a string will do.
pub(super) fn optional_integer(
    arguments: &Value,
    field: &str,
    least: i64,
    most: i64,
) -> Result<Option<i64>, String> {
    let number = match &arguments[field] {
        Value::Null => return Ok(None),
        Value::String(digits) => digits.trim().parse().ok(),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked to be whole, and held against the limits"
        )]
        other => other.as_i64().or_else(|| other.as_f64().filter(|n| n.fract() == 0.0).map(|n| n as i64)),
    };
    match number {
        Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
        _ => Err(format!("`{field}` must be an integer from {least} to {most}")),
    }
}

/// Ids that may be missing.
pub(super) fn optional_ids<T: From<i64>>(
    arguments: &Value,
    field: &str,
    most: usize,
) -> Result<Option<Vec<T>>, String> {
    let wrong = || format!("`{field}` must be a list of at most {most} integer ids");
    let id = |value: &Value| match value {
        Value::String(digits) => digits.trim().parse::<i64>().ok(),
        other => other.as_i64(),
    };
    match &arguments[field] {
        Value::Null => Ok(None),
        Value::Array(ids) if ids.len() <= most => {
            let ids: Option<Vec<T>> = ids.iter().map(|value| id(value).map(T::from)).collect();
            ids.map(Some).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_are_read_and_anything_else_is_refused() {
        assert_eq!(object(r#"{"a": 1}"#), Ok(json!({"a": 1})));
        assert_eq!(object(""), Ok(json!({})));
        assert_eq!(object(r#""{\"a\": 1}""#), Ok(json!({"a": 1})));
        for text in ["[1]", "1", "{", "null", r#""\"{}\"""#, r#""x""#] {
            assert!(object(text).is_err(), "{text}");
        }
    }

    #[test]
    fn wrong_fields_are_named() {
        let arguments = json!({"text": 1, "long": "xxx", "n": 9, "half": 1.5, "ids": [1, "x"], "fine": "7", "whole": 7.0});
        let wrong = [
            optional_text(&arguments, "text", 10).unwrap_err(),
            optional_text(&arguments, "long", 2).unwrap_err(),
            optional_integer(&arguments, "n", 1, 5).unwrap_err(),
            optional_integer(&arguments, "half", 1, 5).unwrap_err(),
            optional_ids::<i64>(&arguments, "ids", 5).unwrap_err(),
            optional_ids::<i64>(&arguments, "n", 5).unwrap_err(),
        ];
        insta::assert_snapshot!(wrong.join("\n"), @r"
        `text` must be a string
        `long` has more than 2 characters
        `n` must be an integer from 1 to 5
        `half` must be an integer from 1 to 5
        `ids` must be a list of at most 5 integer ids
        `n` must be a list of at most 5 integer ids
        ");
        assert_eq!(optional_integer(&arguments, "fine", 1, 9), Ok(Some(7)));
        assert_eq!(optional_integer(&arguments, "whole", 1, 9), Ok(Some(7)));
        assert_eq!(optional_integer(&arguments, "none", 1, 9), Ok(None));
        assert_eq!(optional_ids::<i64>(&arguments, "none", 9), Ok(None));
    }
}
