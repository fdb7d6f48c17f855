//! `DELETE /api/chats/{id}`: for its author and the project's owners; an answer being written stops.

use axum::extract::State;
use axum::http::StatusCode;

use crate::access::ChatAccess;
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::chat::Visibility;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Code, Fault};
use docent_wire::Refused;

#[utoipa::path(
    delete,
    path = "/chats/{id}",
    operation_id = "delete_chat",
    tag = "Chats",
    params(("id" = i64, Path)),
    responses((status = 204))
)]
#[tracing::instrument(name = "http.chats.delete", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
) -> Result<StatusCode, Refused> {
    let (chat, scope) = (access.chat, &access.caller.scope);
    let mut tx = services.store.begin().await?;
    let now = services.clock.now();
    if !tx.delete_chat(scope, chat.id, now).await? {
        let detail = "Only the author of a chat and the owners of its project may delete it";
        return Err(Refused(Fault::new(Code::Forbidden, detail)));
    }
    let target = Some(("chat", chat.id.get()));
    audit::of_caller(&mut tx, &access.caller, Action::ChatDeleted, target, None, now).await?;
    tx.commit().await?;

    services.auth.changed().await;
    if chat.visibility == Visibility::Project {
        let event = ProjectEvent { project: chat.project, news: News::ChatDeleted { chat: chat.id } };
        services.bus.publish(event);
    }
    Ok(StatusCode::NO_CONTENT)
}
