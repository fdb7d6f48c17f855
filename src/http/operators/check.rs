//! `GET /api/maintenance/check`: whether database, files and index agree.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Operator;
use crate::services::Services;
use docent_domain::{DocumentId, ProjectId};
use docent_ingest::{Finding, Findings, Repair};
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Check)]
pub(super) struct CheckView {
    /// Readings of documents that were looked at.
    generations: i64,
    /// Their chunks that searches may show.
    chunks: i64,
    /// What the index holds.
    points: u64,
    mismatches: Vec<MismatchView>,
    /// How many of them were put right.
    repaired: usize,
}

/// One thing that differs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mismatch)]
struct MismatchView {
    /// `points`, `stray_points`, `chunks`, `original_damaged`, `original_missing`, `stray_file` or `garbage`.
    kind: &'static str,
    project_id: Option<i64>,
    document_id: Option<i64>,
    generation: Option<i64>,
    /// Numbers, for people.
    detail: String,
    repaired: bool,
}

impl From<Finding> for MismatchView {
    fn from(finding: Finding) -> Self {
        Self {
            kind: finding.what.name(),
            project_id: finding.project.map(ProjectId::get),
            document_id: finding.document.map(DocumentId::get),
            generation: finding.generation,
            detail: finding.detail,
            repaired: finding.repaired,
        }
    }
}

impl From<Findings> for CheckView {
    fn from(findings: Findings) -> Self {
        Self {
            generations: findings.generations,
            chunks: findings.chunks,
            points: findings.points,
            repaired: findings.list.iter().filter(|finding| finding.repaired).count(),
            mismatches: findings.list.into_iter().map(MismatchView::from).collect(),
        }
    }
}

#[utoipa::path(
    get,
    path = "/maintenance/check",
    operation_id = "check_maintenance",
    tag = "Operators",
    responses((status = 200, body = CheckView))
)]
#[tracing::instrument(name = "http.maintenance.check", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _operator: Operator,
) -> Result<Json<CheckView>, Refused> {
    Ok(Json(services.ingest.check(Repair::No).await?.into()))
}
