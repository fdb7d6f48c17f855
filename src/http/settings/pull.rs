//! `POST /api/settings/models/pull`: models are not installed by this server, which says how.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::models::{embedding, language};
use crate::decode::Json;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PullIn {
    model_name: String,
}

#[utoipa::path(
    post,
    path = "/settings/models/pull",
    operation_id = "pull_model",
    tag = "Models",
    request_body = PullIn,
    responses((status = 409, body = crate::Problem, content_type = "application/problem+json"))
)]
#[tracing::instrument(name = "http.settings.pull", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _caller: Caller,
    Json(body): Json<PullIn>,
) -> Result<(), Refused> {
    let name: String = body.model_name.chars().take(128).collect();
    let here = language(&services).await.contains(&name) || embedding(&services) == name;
    let detail = if here {
        format!("`{name}` is here already")
    } else {
        "Models are installed on the server that runs them (with Ollama: `ollama pull <name>`); they are listed here \
         as soon as they are there"
            .to_owned()
    };
    Err(Refused(Fault::new(Code::Conflict, detail)))
}
