//! Small types that many endpoints' bodies share.

use std::fmt;

use axum::Json;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use docent_domain::json::{LARGEST_INTEGER, whole};
use docent_domain::{Fault, Timestamp};
use docent_store::Listed;

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// A whole number; a string of digits is taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Number(pub(super) i64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        if (-LARGEST_INTEGER..=LARGEST_INTEGER).contains(&value) {
            Ok(Number(value))
        } else {
            Err(E::custom("must be below 2^53"))
        }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        i64::try_from(value)
            .map_err(|_| E::custom("must be below 2^53"))
            .and_then(|value| self.visit_i64(value))
    }

    /// `5.0` is what some languages write for 5.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        whole(value).map(Number).ok_or_else(|| E::invalid_type(de::Unexpected::Float(value), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(value) if digits => self.visit_i64(value),
            _ => Err(E::invalid_type(de::Unexpected::Str(text), &self)),
        }
    }
}

impl PartialSchema for Number {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .into()
    }
}

impl ToSchema for Number {}

/// Yes or no in a query string, where everything is text: `true`, `1` and `yes` are yes. In a body, `bool` is: a string
/// there is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct QueryFlag(pub(super) bool);

impl<'de> Deserialize<'de> for QueryFlag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(QueryFlagVisitor)
    }
}

struct QueryFlagVisitor;

impl Visitor<'_> for QueryFlagVisitor {
    type Value = QueryFlag;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<QueryFlag, E> {
        match text {
            "true" | "1" | "yes" => Ok(QueryFlag(true)),
            "false" | "0" | "no" => Ok(QueryFlag(false)),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }
}

/// A moment, written as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time(pub(super) Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}

impl ToSchema for Time {}

/// A JSON object of the caller's own, of limited size.
pub(super) fn settings(
    field: &str,
    object: Option<Map<String, Value>>,
    limit: usize,
) -> Result<Option<Value>, Fault> {
    let Some(value) = object.map(Value::Object) else { return Ok(None) };
    if value.to_string().len() > limit {
        return Err(Fault::field(field, format!("may take at most {limit} bytes as JSON")));
    }
    Ok(Some(value))
}

/// A list of ids, each once, in their order.
pub(super) fn ids(field: &str, numbers: Vec<Number>, limit: usize) -> Result<Vec<i64>, Fault> {
    if numbers.len() > limit {
        return Err(Fault::field(field, format!("may have at most {limit} ids")));
    }
    let mut seen = std::collections::HashSet::new();
    Ok(numbers.into_iter().map(|number| number.0).filter(|id| seen.insert(*id)).collect())
}

/// A plain array, and the number of all there are in `X-Total-Count`.
pub(super) struct Page<V>(pub(super) Vec<V>, pub(super) i64);

impl<V> Page<V> {
    pub(super) fn of<T: Into<V>>(listed: Listed<T>) -> Self {
        Self(listed.items.into_iter().map(Into::into).collect(), listed.total)
    }
}

impl<V: Serialize> IntoResponse for Page<V> {
    fn into_response(self) -> Response {
        ([(TOTAL, HeaderValue::from(self.1))], Json(self.0)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn number(value: serde_json::Value) -> String {
        match serde_json::from_value::<Number>(value) {
            Ok(Number(number)) => number.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn numbers_may_come_as_digits_and_stay_below_two_to_the_53() {
        assert_eq!(number(json!(7)), "7");
        assert_eq!(number(json!("7")), "7");
        assert_eq!(number(json!(7.0)), "7");
        insta::assert_snapshot!(number(json!(7.5)), @"invalid type: floating point `7.5`, expected a whole number");
        insta::assert_snapshot!(number(json!("seven")), @"invalid type: string \"seven\", expected a whole number");
        insta::assert_snapshot!(number(json!("-7")), @"invalid type: string \"-7\", expected a whole number");
        insta::assert_snapshot!(number(json!(9_007_199_254_740_992_i64)), @"must be below 2^53");
        insta::assert_snapshot!(number(json!([7])), @"invalid type: sequence, expected a whole number");
    }

    #[test]
    fn flags_are_words_in_query_strings() {
        let flag = |value| serde_json::from_value::<QueryFlag>(value).map(|flag| flag.0).ok();
        assert_eq!(flag(json!("yes")), Some(true));
        assert_eq!(flag(json!("false")), Some(false));
        assert_eq!(flag(json!("maybe")), None);
    }
}
