//! `GET /api/documents/{id}/versions/{version}/changes`: what one version says and an older one does not, and the reverse.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{DocumentAccess, VersionPath, Viewer};
use crate::decode::Query;
use crate::services::Services;
use crate::wire::Number;
use docent_chat::{Cited, Part, VersionChange, VersionChanges};
use docent_domain::Fault;
use docent_wire::Refused;
use docent_wire::source::SourceView;

/// Changes of one answer, unless fewer are asked for.
const CHANGES: i64 = 100;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ChangesQuery {
    /// The version to compare with; without it, the one before that says something else.
    #[param(value_type = Option<i64>, minimum = 1)]
    since: Option<Number>,
    /// How many changes to leave out at the beginning.
    #[param(value_type = Option<i64>, minimum = 0)]
    skip: Option<Number>,
    /// How many to answer with, at most 500.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 500)]
    limit: Option<Number>,
}

impl ChangesQuery {
    fn part(&self) -> Result<Part, Fault> {
        let skip = self.skip.map_or(0, |number| number.0);
        let limit = self.limit.map_or(CHANGES, |number| number.0);
        let skip = usize::try_from(skip).map_err(|_| Fault::field("skip", "must not be negative"))?;
        match usize::try_from(limit) {
            Ok(most @ 1..=500) => Ok(Part { skip, most }),
            _ => Err(Fault::field("limit", "must be 1 to 500")),
        }
    }
}

/// What changed from the version `since` to `version`. Where a statement stands is no change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VersionChanges)]
pub(super) struct ChangesView {
    since: i64,
    version: i64,
    filename: String,
    /// Statements that are worded otherwise.
    changed: usize,
    added: usize,
    removed: usize,
    /// Those asked for, in the order of the document.
    changes: Vec<ChangeView>,
    /// Headings that only `version` has.
    sections_added: Vec<String>,
    /// Headings that only `since` has.
    sections_removed: Vec<String>,
}

/// A statement with its passages: with `before` and `after` it was changed, with one of them removed or added.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VersionChange)]
struct ChangeView {
    /// The headings above it.
    heading: Option<String>,
    before: Option<StatementView>,
    after: Option<StatementView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VersionStatement)]
struct StatementView {
    text: String,
    /// As it stood in its version: `generation` says in which.
    #[schema(value_type = SourceView)]
    source: SourceView<'static>,
}

impl From<VersionChanges> for ChangesView {
    fn from(found: VersionChanges) -> Self {
        Self {
            since: found.since,
            version: found.version,
            filename: found.filename,
            changed: found.changed,
            added: found.added,
            removed: found.removed,
            changes: found.shown.into_iter().map(ChangeView::from).collect(),
            sections_added: found.sections_added,
            sections_removed: found.sections_removed,
        }
    }
}

impl From<VersionChange> for ChangeView {
    fn from(change: VersionChange) -> Self {
        Self {
            heading: change.heading,
            before: change.before.map(StatementView::from),
            after: change.after.map(StatementView::from),
        }
    }
}

impl From<Cited> for StatementView {
    fn from(cited: Cited) -> Self {
        Self { text: cited.text, source: cited.source.into() }
    }
}

#[utoipa::path(
    get,
    path = "/documents/{id}/versions/{version}/changes",
    operation_id = "document_version_changes",
    tag = "Documents",
    params(("id" = i64, Path), ("version" = i64, Path), ChangesQuery),
    responses(
        (status = 200, body = ChangesView),
        (status = 404, body = crate::Problem, content_type = "application/problem+json"),
        (status = 409, body = crate::Problem, content_type = "application/problem+json")
    )
)]
#[tracing::instrument(name = "http.documents.changes", skip_all, fields(document.id = %access.document.id, version))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    VersionPath(version): VersionPath,
    Query(query): Query<ChangesQuery>,
) -> Result<Json<ChangesView>, Refused> {
    let part = query.part()?;
    let versions = (query.since.map(|number| number.0), Some(version));
    let found =
        docent_chat::changes(&services.store, &access.caller.scope, access.document.id, versions, part);
    Ok(Json(found.await?.into()))
}
