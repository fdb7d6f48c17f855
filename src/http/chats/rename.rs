//! `PUT /api/chats/{id}`: another title; for its author and the project's owners.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ChatView, title};
use crate::access::ChatAccess;
use crate::decode::Json;
use crate::services::Services;
use docent_domain::chat::Visibility;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Code, Fault};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ChatChangesIn {
    /// 1 to 255 characters.
    title: String,
}

#[utoipa::path(
    put,
    path = "/chats/{id}",
    operation_id = "rename_chat",
    tag = "Chats",
    params(("id" = i64, Path)),
    request_body = ChatChangesIn,
    responses((status = 200, body = ChatView))
)]
#[tracing::instrument(name = "http.chats.rename", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    Json(body): Json<ChatChangesIn>,
) -> Result<axum::Json<ChatView>, Refused> {
    let (id, scope) = (access.chat.id, &access.caller.scope);
    let title = title(&body.title)?;
    let mut tx = services.store.begin().await?;
    if !tx.rename_chat(scope, id, title, services.clock.now()).await? {
        let detail = "Only the author of a chat and the owners of its project may rename it";
        return Err(Refused(Fault::new(Code::Forbidden, detail)));
    }
    let chat = tx.chat(scope, id).await?.ok_or_else(|| Fault::not_found("chat"))?;
    tx.commit().await?;

    if chat.visibility == Visibility::Project {
        let news = News::ChatUpdated { chat: id, title: chat.title.clone() };
        services.bus.publish(ProjectEvent { project: chat.project, news });
    }
    Ok(axum::Json(chat.into()))
}
