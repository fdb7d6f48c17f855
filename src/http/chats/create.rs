//! `POST /api/chats`: open a chat in a project.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ChatView, title};
use crate::decode::Json;
use crate::services::Services;
use crate::wire::Number;
use docent_auth::Caller;
use docent_domain::chat::Visibility;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Fault, ProjectId};
use docent_store::{NewChat, Seen};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ChatIn {
    project_id: Number,
    /// Left out, the first question names it.
    title: Option<String>,
    /// `project` (the default) or `private`.
    visibility: Option<String>,
}

#[utoipa::path(
    post,
    path = "/chats",
    operation_id = "create_chat",
    tag = "Chats",
    request_body = ChatIn,
    responses((status = 201, body = ChatView))
)]
#[tracing::instrument(name = "http.chats.create", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Json(body): Json<ChatIn>,
) -> Result<(StatusCode, axum::Json<ChatView>), Refused> {
    let title = body.title.as_deref().map(title).transpose()?;
    let visibility = match body.visibility.as_deref() {
        None => Visibility::Project,
        Some(word) => Visibility::by_name(word)
            .ok_or_else(|| Fault::field("visibility", "must be project or private"))?,
    };
    let mut tx = services.store.begin().await?;
    let found = tx.project(&caller.scope, ProjectId::from(body.project_id.0)).await?;
    let project = found.ok_or_else(|| Fault::not_found("project"))?;
    let new = NewChat {
        project: project.seen,
        title,
        visibility,
        author: Seen::myself(&caller.scope),
        name: None,
        created_at: services.clock.now(),
    };
    let id = tx.insert_chat(&new).await?;
    let chat = tx.chat(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("chat"))?;
    tx.commit().await?;

    if visibility == Visibility::Project {
        let news = News::ChatCreated { chat: id, title: chat.title.clone() };
        services.bus.publish(ProjectEvent { project: project.project.id, news });
    }
    Ok((StatusCode::CREATED, axum::Json(chat.into())))
}
