//! Values that clients send in more than one form. They are kept as they came: what is wrong with them is said where
//! they are read, by their field.

use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::schema::{ArrayBuilder, OneOfBuilder, Type};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident as $told:literal: $items:expr, $said:literal $(, $part:ty)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(transparent)]
        pub(super) struct $name(pub(super) Value);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let items: RefOr<Schema> = $items;
                let either = OneOfBuilder::new().item(text()).item(ArrayBuilder::new().items(items));
                either.description(Some($said)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                $told.into()
            }

            fn schemas(_schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $(
                    _schemas.push((<$part>::name().into_owned(), <$part>::schema()));
                    <$part>::schemas(_schemas);
                )?
            }
        }
    )*};
}

forms! {
    /// A text, or its parts.
    ContentIn as "ChatCompletionContentIn": Ref::from_schema_name(PartIn::name()).into(), "A text, or its parts.", PartIn<'_>;

    /// The texts of a batch.
    InputIn as "EmbeddingInput": text().into(), "One text, or several.";

    /// A text, or messages.
    ItemsIn as "ResponseInputIn": Ref::from_schema_name(ItemIn::name()).into(), "A text, or messages.", ItemIn;

    /// Texts that end an answer.
    StopIn as "ChatCompletionStopIn": text().into(), "One text, or several.";
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

#[derive(ToSchema)]
#[schema(as = ChatCompletionPartIn)]
pub(super) struct PartIn<'a> {
    /// `text`.
    #[serde(rename = "type")]
    pub(super) kind: Option<&'a str>,
    #[schema(value_type = String)]
    pub(super) text: Option<&'a str>,
}

impl<'a> PartIn<'a> {
    pub(super) fn read(part: &'a Value) -> Self {
        let field = |name| part.get(name).and_then(Value::as_str);
        let kind = field("type");
        // A model that would not answer: its words stand in a field of their own.
        let text = if kind == Some("refusal") { field("refusal") } else { field("text") };
        Self { kind, text }
    }
}

/// A message; calls of tools, what came of them, and thoughts of a model are passed over.
#[derive(ToSchema)]
#[schema(as = ResponseItemIn)]
pub(super) struct ItemIn {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    #[schema(value_type = String)]
    pub(super) role: Option<String>,
    #[schema(value_type = ContentIn)]
    pub(super) content: Option<ContentIn>,
}

impl ItemIn {
    /// `None` for what is no object.
    pub(super) fn read(item: Value) -> Option<Self> {
        let Value::Object(mut item) = item else { return None };
        let field = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
        let (kind, role) = (field("type"), field("role"));
        let content = item.remove("content").filter(|content| !content.is_null()).map(ContentIn);
        Some(Self { kind, role, content })
    }
}
