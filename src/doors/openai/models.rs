//! `GET /v1/models`: the projects that the caller may ask, and the model that embeds.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::Services;
use super::refusal::{ErrorView, Refusal};
use super::request::{Asked, project_of};
use docent_auth::Caller;
use docent_store::Window;

/// Projects in one list.
const MOST: i64 = 1_000;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenAiModels)]
pub(super) struct ModelsView {
    object: &'static str,
    data: Vec<ModelView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenAiModel)]
pub(super) struct ModelView {
    id: String,
    object: &'static str,
    /// Seconds since 1970; the day of the model that embeds is not known.
    created: i64,
    owned_by: &'static str,
    /// The project's name, for people.
    name: String,
}

#[utoipa::path(
    get,
    path = "/v1/models",
    operation_id = "list_openai_models",
    tag = "OpenAI",
    responses((status = 200, body = ModelsView), (status = 401, body = ErrorView<'static>))
)]
#[tracing::instrument(name = "openai.models", skip_all)]
pub(super) async fn list(
    State(services): State<Services>,
    headers: HeaderMap,
) -> Result<Json<ModelsView>, Refusal> {
    let caller = services.caller(&headers).await?;
    let projects =
        services.store.read().await?.projects(&caller.scope, Window { skip: 0, limit: MOST }).await?;
    let mut data: Vec<ModelView> =
        projects.items.into_iter().map(|found| ModelView::project(found.project)).collect();
    data.push(ModelView::embedding(&services));
    Ok(Json(ModelsView { object: "list", data }))
}

#[utoipa::path(
    get,
    path = "/v1/models/{model}",
    operation_id = "get_openai_model",
    tag = "OpenAI",
    params(("model" = String, Path, description = "`project:{id}`, `project:{id}/{model}`, or the model that embeds")),
    responses(
        (status = 200, body = ModelView),
        (status = 401, body = ErrorView<'static>),
        (status = 404, body = ErrorView<'static>, description = "There is no such model, or it is not yours")
    )
)]
#[tracing::instrument(name = "openai.model", skip_all)]
pub(super) async fn one(
    State(services): State<Services>,
    Path(model): Path<String>,
    headers: HeaderMap,
) -> Result<Json<ModelView>, Refusal> {
    let caller = services.caller(&headers).await?;
    if is_embedding(&services, &model) {
        return Ok(Json(ModelView::embedding(&services)));
    }
    let (project, real) = project_of(&model)?;
    if let Some(real) = real {
        known(&services, &real, &model).await?;
    }
    let found = services.store.read().await?.project(&caller.scope, project).await?;
    let found = found.ok_or_else(|| Refusal::no_such_model(&model))?;
    Ok(Json(ModelView { id: model, ..ModelView::project(found.project) }))
}

/// Whether the project is there for this caller, and the model that was asked to write the answer. A provider that
/// cannot be asked now counts as having it.
pub(super) async fn check(services: &Services, caller: &Caller, asked: &Asked) -> Result<(), Refusal> {
    let found = services.store.read().await?.project(&caller.scope, asked.project).await?;
    if found.is_none() {
        return Err(Refusal::no_such_model(&asked.model));
    }
    match &asked.options.model {
        Some(real) => known(services, real, &asked.model).await,
        None => Ok(()),
    }
}

async fn known(services: &Services, real: &str, model: &str) -> Result<(), Refusal> {
    match services.direct.model.models().await {
        Ok(known)
            if known.iter().any(|name| name == real) || real == services.direct.model.default_model() =>
        {
            Ok(())
        }
        Ok(_) => Err(Refusal::no_such_model(model)),
        Err(_) => Ok(()),
    }
}

/// By its whole name, or without the precision at its end.
pub(super) fn is_embedding(services: &Services, model: &str) -> bool {
    let name = services.direct.embedder.info().name.as_str();
    model == name || name.rsplit_once('/').is_some_and(|(bare, _)| bare == model)
}

impl ModelView {
    fn project(project: docent_domain::project::Project) -> Self {
        Self {
            id: format!("project:{}", project.id),
            object: "model",
            created: project.created_at.millis() / 1_000,
            owned_by: "docent",
            name: project.name,
        }
    }

    fn embedding(services: &Services) -> Self {
        let name = services.direct.embedder.info().name.clone();
        Self { id: name.clone(), object: "model", created: 0, owned_by: "docent", name }
    }
}
