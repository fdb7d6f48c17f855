//! `GET /api/projects/{id}/statistics`: how much is in a project.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{ProjectAccess, Viewer};
use crate::services::Services;
use crate::wire::Time;
use docent_domain::Role;
use docent_domain::document::DocumentStatus;
use docent_store::FeedbackCounts;
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProjectStatistics)]
pub(super) struct StatisticsView {
    project_id: i64,
    project_name: String,
    document_count: i64,
    /// How many documents stand where.
    documents_by_status: BTreeMap<&'static str, i64>,
    total_chunks: i64,
    total_pages: i64,
    total_words: i64,
    /// Of the newest originals.
    total_size_bytes: i64,
    chat_count: i64,
    message_count: i64,
    /// What people thought of answers; for owners.
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<FeedbackView>,
    created_at: Time,
    updated_at: Time,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedbackCounts)]
struct FeedbackView {
    up: i64,
    down: i64,
}

#[utoipa::path(
    get,
    path = "/projects/{id}/statistics",
    operation_id = "project_statistics",
    tag = "Projects",
    params(("id" = i64, Path)),
    responses((status = 200, body = StatisticsView))
)]
#[tracing::instrument(name = "http.projects.statistics", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
) -> Result<Json<StatisticsView>, Refused> {
    let (project, seen, scope) = (access.project, access.seen, &access.caller.scope);
    let mut tx = services.store.read().await?;
    let counts = tx.project_counts(scope, seen).await?;
    let sums = tx.project_sums(scope, seen).await?;
    let mut by_status: BTreeMap<_, _> = DocumentStatus::ALL.iter().map(|status| (status.name(), 0)).collect();
    for (status, count) in tx.documents_by_status(seen).await? {
        by_status.entry(status.name()).and_modify(|total| *total = count);
    }
    let feedback = if access.role >= Role::Owner {
        let FeedbackCounts { up, down } = tx.count_feedback(seen).await?;
        Some(FeedbackView { up, down })
    } else {
        None
    };
    Ok(Json(StatisticsView {
        project_id: project.id.get(),
        project_name: project.name,
        document_count: counts.documents,
        documents_by_status: by_status,
        total_chunks: counts.chunks,
        total_pages: sums.pages,
        total_words: sums.words,
        total_size_bytes: sums.bytes,
        chat_count: counts.chats,
        message_count: sums.messages,
        feedback,
        created_at: Time(project.created_at),
        updated_at: Time(project.updated_at),
    }))
}
