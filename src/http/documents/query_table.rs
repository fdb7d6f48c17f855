//! `POST /api/documents/{id}/tables/query`: what a document's tables are, or what is computed from one of them.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::access::{DocumentAccess, Viewer};
use crate::decode::Json;
use crate::services::Services;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TableQueryIn {
    /// Which table of the document, counted from 0.
    table: Option<u32>,
    /// `count`, `distinct`, `sum`, `average`, `max`, `min` or `rows`; without it the tables are listed.
    operation: Option<String>,
    /// The column that is computed with.
    column: Option<String>,
    /// All of them have to hold.
    #[serde(rename = "where")]
    conditions: Option<Vec<TableConditionIn>>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(super) struct TableConditionIn {
    column: String,
    /// `=`, `<`, `<=`, `>`, `>=` or `contains`.
    sign: String,
    /// A number or a text.
    value: Value,
}

#[utoipa::path(
    post,
    path = "/documents/{id}/tables/query",
    operation_id = "query_document_table",
    tag = "Documents",
    params(("id" = i64, Path)),
    request_body = TableQueryIn,
    responses((status = 200, body = Object, description = "`tables`, or `result`, `formula` and the `rows` that it stands on"))
)]
#[tracing::instrument(name = "http.documents.query_table", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    Json(body): Json<TableQueryIn>,
) -> Result<axum::Json<Value>, Refused> {
    let wanted = json!({
        "table": body.table,
        "operation": body.operation,
        "column": body.column,
        "where": body.conditions,
    });
    let document = access.document;
    let computed = docent_chat::query_table(
        &services.store,
        &access.caller.scope,
        document.project,
        document.id,
        wanted,
    );
    let computed = computed.await?.map_err(|wrong| Fault::new(Code::InvalidPayload, wrong))?;
    Ok(axum::Json(computed))
}
