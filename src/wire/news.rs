//! What is told of a project to those who look at it: how far its documents are, what changed, who else is there.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use docent_domain::document::{DocumentProgress, DocumentStatus};
use docent_domain::event::News;
use docent_domain::{Principal, ProjectId, UserId};

#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserView<'a> {
    pub id: i64,
    pub username: &'a str,
}

impl<'a> UserView<'a> {
    pub fn new(principal: &'a Principal) -> Self {
        Self { id: principal.user.get(), username: &principal.username }
    }
}

/// `document_status`.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentStatus)]
pub struct DocumentStatusView<'a> {
    document_id: i64,
    project_id: i64,
    filename: &'a str,
    status: &'static str,
    stage: &'static str,
    progress: u8,
    seq: i64,
    attempt: i64,
    max_attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages_done: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages_total: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chunks_done: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chunks_total: Option<i64>,
    /// Pages whose passages are found by their words. Before the document is completed only where it is read for the first
    /// time: searches show it as far as it is. A new version takes over when it is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    searchable_pages: Option<i64>,
    /// To which page, from the first on, passages are found by their meaning, too. Pages that were asked about or opened come
    /// before their turn, and count when those before them are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded_pages: Option<i64>,
    /// What the stage is at: `ocr 12/400` while the picture of page 12 is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<DocumentErrorView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_position: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_since: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DocumentError)]
struct DocumentErrorView<'a> {
    code: &'static str,
    message: &'a str,
}

impl<'a> DocumentStatusView<'a> {
    pub fn new(progress: &'a DocumentProgress) -> Self {
        Self {
            document_id: progress.document.get(),
            project_id: progress.project.get(),
            filename: &progress.filename,
            status: match progress.status {
                DocumentStatus::Pending => "queued",
                other => other.name(),
            },
            stage: progress.stage.name(),
            progress: progress.percent,
            seq: progress.seq,
            attempt: progress.attempt,
            max_attempts: progress.max_attempts,
            pages_done: progress.pages_done,
            pages_total: progress.pages_total,
            chunks_done: progress.chunks_done,
            chunks_total: progress.chunks_total,
            searchable_pages: progress.searchable_pages,
            embedded_pages: progress.embedded_pages,
            detail: progress.recognising.map(|page| match progress.pages_total {
                Some(total) => format!("ocr {page}/{total}"),
                None => format!("ocr {page}"),
            }),
            warnings: &progress.warnings,
            error: progress
                .error
                .as_ref()
                .map(|error| DocumentErrorView { code: error.code.name(), message: &error.message }),
            queue_position: progress.queue_position,
            waiting_since: progress.waiting_since.map(|since| since.to_string()),
        }
    }
}

/// `project_update`.
#[derive(Serialize, ToSchema)]
#[schema(as = ProjectUpdate)]
pub struct ProjectUpdateView {
    #[serde(rename = "type")]
    kind: &'static str,
    data: Value,
}

impl ProjectUpdateView {
    pub fn new(news: &News) -> Self {
        let (kind, data) = match news {
            // Has an event of its own; whoever asks for an update all the same gets one that is true.
            News::DocumentStatus(status) => {
                ("document_updated", json!({"document_id": status.document.get()}))
            }
            News::DocumentAdded { document, filename } => {
                ("document_added", json!({"document_id": document.get(), "filename": filename}))
            }
            News::DocumentUpdated { document, filename } => {
                ("document_updated", json!({"document_id": document.get(), "filename": filename}))
            }
            News::DocumentDeleted { document } => {
                ("document_deleted", json!({"document_id": document.get()}))
            }
            News::ChatCreated { chat, title } => {
                ("chat_created", json!({"chat_id": chat.get(), "title": title}))
            }
            News::ChatUpdated { chat, title } => {
                ("chat_updated", json!({"chat_id": chat.get(), "title": title}))
            }
            News::ChatDeleted { chat } => ("chat_deleted", json!({"chat_id": chat.get()})),
            // Told to those who follow the chat, in other words.
            News::ChatSummarised { chat, .. } => ("chat_updated", json!({"chat_id": chat.get()})),
            News::ProjectRenamed { name } => ("project_renamed", json!({"name": name})),
            News::ProjectDeleted => ("project_deleted", json!({})),
            News::MemberAdded { user } => ("member_added", json!({"user_id": user.get()})),
            News::MemberRemoved { user } => ("member_removed", json!({"user_id": user.get()})),
        };
        Self { kind, data }
    }

    /// Some updates did not reach this node.
    pub fn missed() -> Self {
        Self { kind: "updates_missed", data: json!({}) }
    }
}

/// `presence`.
#[derive(Serialize, ToSchema)]
#[schema(as = Presence)]
pub struct PresenceView<'a> {
    project_id: i64,
    users: Vec<UserView<'a>>,
}

impl<'a> PresenceView<'a> {
    pub fn new(project: ProjectId, people: &'a BTreeMap<UserId, String>) -> Self {
        let users = people.iter().map(|(user, username)| UserView { id: user.get(), username }).collect();
        Self { project_id: project.get(), users }
    }
}
