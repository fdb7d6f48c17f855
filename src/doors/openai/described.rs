//! What clients are told of this API.

use utoipa::OpenApi;

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
