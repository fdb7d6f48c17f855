//! What clients are told of this API beside the types that are read and written.

#![expect(dead_code, reason = "describes what is read by hand, and what a stream is made of")]

use utoipa::{OpenApi, ToSchema};

use super::refusal::ErrorView;
use super::wire::ChunkView;
use super::{completions, embeddings, models, responses, texts};

/// The routes of this door, described.
#[derive(OpenApi)]
#[openapi(paths(
    completions::handler,
    embeddings::handler,
    models::list,
    models::one,
    responses::handler,
    texts::handler
))]
pub(super) struct Described;

/// A text, or its parts.
#[derive(ToSchema)]
#[schema(as = ChatCompletionContentIn)]
#[serde(untagged)]
pub(super) enum ContentIn {
    Text(String),
    Parts(Vec<PartIn>),
}

#[derive(ToSchema)]
#[schema(as = ChatCompletionPartIn)]
pub(super) struct PartIn {
    /// `text`.
    #[serde(rename = "type")]
    kind: Option<String>,
    text: String,
}

/// What stands behind `data:` in a stream, before `[DONE]`.
#[derive(ToSchema)]
#[schema(as = ChatCompletionFrame)]
#[serde(untagged)]
pub(super) enum FrameOut<'a> {
    Chunk(ChunkView<'a>),
    /// The answer failed; nothing follows.
    Error(ErrorView<'a>),
}

/// One text, or several.
#[derive(ToSchema)]
#[schema(as = ChatCompletionStopIn)]
#[serde(untagged)]
pub(super) enum StopIn {
    One(String),
    Several(Vec<String>),
}

/// One text, or several.
#[derive(ToSchema)]
#[schema(as = EmbeddingInput)]
#[serde(untagged)]
pub(super) enum InputIn {
    One(String),
    Several(Vec<String>),
}
