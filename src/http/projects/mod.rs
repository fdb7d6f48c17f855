//! Projects: the boundary of access.

mod add_member;
mod create;
mod delete;
mod export;
mod get;
mod import;
mod list;
mod map;
mod members;
mod remove_member;
mod restore;
mod search;
mod set_member;
mod statistics;
mod trace;
mod update;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;
use super::wire::Time;
use docent_domain::project::Project;
use docent_domain::{Fault, Role};
use docent_store::{ImportRow, ProjectCounts};

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(add_member::handler))
        .routes(routes!(create::handler))
        .routes(routes!(delete::handler))
        .routes(routes!(export::handler))
        .routes(routes!(get::handler))
        .routes(routes!(import::handler))
        .routes(routes!(list::handler))
        .routes(routes!(map::handler))
        .routes(routes!(members::handler))
        .routes(routes!(remove_member::handler))
        .routes(routes!(restore::handler))
        .routes(routes!(search::handler))
        .routes(routes!(set_member::handler))
        .routes(routes!(statistics::handler))
        .routes(routes!(update::handler))
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Project)]
struct ProjectView {
    id: i64,
    name: String,
    description: String,
    document_count: i64,
    chat_count: i64,
    total_chunks: i64,
    settings: Value,
    created_at: Time,
    updated_at: Time,
    /// What the caller is in it: `viewer`, `editor` or `owner`.
    role: &'static str,
    /// While it is made from an archive, or after that has failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<ImportView>,
}

/// How far an archive has become a project.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProjectImport)]
struct ImportView {
    /// `importing` or `failed`.
    status: &'static str,
    /// In the archive.
    documents: i64,
    documents_done: i64,
    chats: i64,
    chats_done: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
}

impl From<ImportRow> for ImportView {
    fn from(row: ImportRow) -> Self {
        let (error_code, error_message) = row.error.map(|it| (it.code.name(), it.message)).unzip();
        Self {
            status: if error_code.is_some() { "failed" } else { "importing" },
            documents: row.documents,
            documents_done: row.documents_done,
            chats: row.chats,
            chats_done: row.chats_done,
            error_code,
            error_message,
        }
    }
}

impl ProjectView {
    fn new(project: Project, role: Role, counts: ProjectCounts) -> Self {
        Self {
            id: project.id.get(),
            name: project.name,
            description: project.description,
            document_count: counts.documents,
            chat_count: counts.chats,
            total_chunks: counts.chunks,
            settings: project.settings,
            created_at: Time(project.created_at),
            updated_at: Time(project.updated_at),
            role: role.name(),
            import: None,
        }
    }

    fn with_import(self, import: Option<ImportRow>) -> Self {
        Self { import: import.map(ImportView::from), ..self }
    }
}

/// A project's name: a label of 1 to 255 characters.
fn name(text: &str) -> Result<&str, Fault> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(Fault::field("name", "must have 1 to 255 characters"));
    }
    if name.chars().any(char::is_control) {
        return Err(Fault::field("name", "must not contain control characters"));
    }
    Ok(name)
}

fn description(text: &str) -> Result<&str, Fault> {
    if text.chars().count() > 4000 {
        return Err(Fault::field("description", "may have at most 4000 characters"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_in_characters() {
        assert_eq!(name("  Feldführer ").unwrap(), "Feldführer");
        assert!(name(&"ü".repeat(255)).is_ok());
        for bad in ["", "   ", "a\nb", &"ü".repeat(256)] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }
}
