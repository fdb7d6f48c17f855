//! The models that this server answers and searches with.

use serde::Serialize;
use utoipa::ToSchema;

use crate::services::Services;

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Language,
    Embedding,
}

/// One that can be used here. Models that a server could have and does not have are not told: nothing here installs
/// them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferedModel)]
pub(super) struct OfferedView {
    pub(super) name: String,
    /// Of its file, for people; providers do not tell.
    size: &'static str,
    description: String,
    installed: bool,
}

impl OfferedView {
    pub(super) fn new(services: &Services, kind: Kind, name: String) -> Self {
        let description = match kind {
            Kind::Language => format!("Writes answers; served by `{}`", services.model.provider()),
            Kind::Embedding => format!("Finds passages; {} dimensions", services.embedder.info().dimension),
        };
        Self { name, size: "unknown", description, installed: true }
    }
}

/// The names of the models that write answers; the default one where the provider cannot be asked now.
pub(super) async fn language(services: &Services) -> Vec<String> {
    let default = services.model.default_model();
    let mut known = services.model.models().await.unwrap_or_default();
    if !known.iter().any(|name| name == default) {
        known.insert(0, default.to_owned());
    }
    known
}

/// The name of the one that finds passages.
pub(super) fn embedding(services: &Services) -> String {
    services.embedder.info().name.clone()
}
