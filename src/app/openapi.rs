//! The OpenAPI document of the whole server: what REST and the other doors have to say of their routes.

use std::sync::LazyLock;

use utoipa::openapi::OpenApi;

use docent_doors as doors;
use docent_http as http;

/// Every route of the server, described.
pub fn openapi() -> OpenApi {
    http::openapi().merge_from(doors::openapi())
}

/// The document as it is served; made when it is first asked for.
pub fn openapi_json() -> &'static str {
    static DOCUMENT: LazyLock<String> =
        LazyLock::new(|| openapi().to_json().unwrap_or_else(|_| "{}".to_owned()));
    &DOCUMENT
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Without words for people.
    fn bare(mut schema: Value) -> Value {
        match &mut schema {
            Value::Object(fields) => {
                fields.retain(|name, value| name != "description" || !value.is_string());
                fields.values_mut().for_each(|field| *field = bare(field.take()));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| *item = bare(item.take())),
            _ => {}
        }
        schema
    }

    fn parts(document: &OpenApi) -> (Value, Value) {
        let document = serde_json::to_value(document).unwrap();
        (document["paths"].clone(), document["components"]["schemas"].clone())
    }

    #[test]
    fn both_sides_mean_the_same_by_the_same_name() {
        let (routes, schemas) = parts(&http::openapi());
        let (others, more) = parts(&doors::openapi());
        for path in others.as_object().unwrap().keys() {
            assert!(routes.get(path).is_none(), "{path}");
        }
        for (name, schema) in more.as_object().unwrap() {
            if let Some(known) = schemas.get(name) {
                assert_eq!(bare(known.clone()), bare(schema.clone()), "{name}");
            }
        }
        assert_eq!(
            openapi().paths.paths.len(),
            routes.as_object().unwrap().len() + others.as_object().unwrap().len()
        );
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document: Value = serde_json::from_str(openapi_json()).unwrap();
        let text = document.to_string();
        let references = text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
        let mut count = 0;
        for reference in references {
            assert!(document.pointer(reference).is_some(), "{reference}");
            count += 1;
        }
        assert!(count > 100, "{count}");
    }
}
