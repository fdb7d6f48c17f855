//! Entities: the people and organisations that projects are about, and who acts for them. Whoever acts for an entity
//! may enter and ask in its projects, and in those of the entities it is related to.

mod grant;
mod link;
mod list;
mod make;
mod relate;
mod revoke;
mod unlink;
mod unrelate;

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;
use super::wire::Time;
use docent_domain::Fault;
use docent_store::Entity;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(grant::handler))
        .routes(routes!(link::handler))
        .routes(routes!(list::handler))
        .routes(routes!(make::handler))
        .routes(routes!(relate::handler))
        .routes(routes!(revoke::handler))
        .routes(routes!(unlink::handler))
        .routes(routes!(unrelate::handler))
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Entity)]
struct EntityView {
    id: i64,
    /// `doctor`, `patient`, `hospital`, or any other word.
    kind: String,
    name: String,
    created_at: Time,
}

impl From<Entity> for EntityView {
    fn from(entity: Entity) -> Self {
        Self {
            id: entity.id.get(),
            kind: entity.kind,
            name: entity.name,
            created_at: Time(entity.created_at),
        }
    }
}

/// A word or name of 1 to `longest` characters.
fn label<'a>(field: &str, text: &'a str, longest: usize) -> Result<&'a str, Fault> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > longest || text.chars().any(char::is_control) {
        return Err(Fault::field(field, format!("must have 1 to {longest} characters, none of control")));
    }
    Ok(text)
}
