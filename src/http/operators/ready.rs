//! *root* `GET /readyz`: whether requests should be sent here; to admins, with each dependency.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Operator;
use crate::services::Services;
use docent_blobs::RoomState;
use docent_domain::Coded;
use docent_wire::Refused;

/// A dependency that takes longer counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Readiness)]
pub(super) struct ReadinessView {
    /// `ready`, or `not_ready` without the database.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dependencies: Option<Vec<DependencyView>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dependency)]
struct DependencyView {
    /// `database`, `index`, `model`, `news` or `storage` (of the originals).
    name: &'static str,
    ok: bool,
    message: String,
}

/// Only the database decides: without index, model, storage or news from other nodes there is still much that works.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "readiness",
    tag = "Operators",
    responses((status = 200, body = ReadinessView), (status = 503, body = ReadinessView))
)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Result<Operator, Refused>,
) -> (StatusCode, Json<ReadinessView>) {
    let database = database(&services).await;
    let (code, status) =
        if database.ok { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not_ready") };
    let dependencies = match operator {
        Ok(operator) => {
            let (index, model, storage) =
                tokio::join!(index(&services, &operator), model(&services), storage(&services));
            Some(vec![database, index, model, news(&services), storage])
        }
        Err(_) => None,
    };
    (code, Json(ReadinessView { status, dependencies }))
}

async fn database(services: &Services) -> DependencyView {
    let asked = async { services.store.read().await?.answers().await };
    let (ok, message) = match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(_)) => (true, "answers".to_owned()),
        Ok(Err(error)) => (false, error.code().title().to_owned()),
        Err(_) => (false, "does not answer".to_owned()),
    };
    DependencyView { name: "database", ok, message }
}

async fn index(services: &Services, operator: &Operator) -> DependencyView {
    let (ok, message) = match tokio::time::timeout(PATIENCE, services.index.state()).await {
        Ok(state) => match state.trouble {
            Some(trouble) => (false, trouble),
            None => match (&state.set_aside, state.incomplete) {
                (place, true) => (false, being_built(operator, state.points, place.as_deref()).await),
                (Some(place), false) => {
                    let place = place.display();
                    (true, format!("{} points, built anew; the damaged index is at {place}", state.points))
                }
                (None, false) => (true, format!("{} points", state.points)),
            },
        },
        Err(_) => (false, "does not answer".to_owned()),
    };
    DependencyView { name: "index", ok, message }
}

async fn being_built(operator: &Operator, points: u64, damaged: Option<&std::path::Path>) -> String {
    let counted = async { operator.store.read().await?.count_live_chunks().await };
    let of = counted.await.map_or_else(|_| String::new(), |chunks| format!(" of {chunks}"));
    match damaged {
        Some(place) => {
            let place = place.display();
            format!(
                "it was damaged and is being built anew: {points}{of} points; the damaged one is at {place}"
            )
        }
        None => format!("it was lost and is being built anew: {points}{of} points"),
    }
}

fn news(services: &Services) -> DependencyView {
    let (ok, message) = match services.bus.trouble() {
        Some(trouble) => (false, trouble),
        None if services.bus.is_shared() => (true, "reach the other nodes".to_owned()),
        None => (true, "there is one node".to_owned()),
    };
    DependencyView { name: "news", ok, message }
}

async fn model(services: &Services) -> DependencyView {
    let (ok, message) = match tokio::time::timeout(PATIENCE, services.model.status()).await {
        Ok(status) => (status.connected, status.message),
        Err(_) => (false, "does not answer".to_owned()),
    };
    DependencyView { name: "model", ok, message }
}

async fn storage(services: &Services) -> DependencyView {
    let RoomState { low, free, wanted } = services.room.state();
    if low {
        let message = format!(
            "the disk is nearly full: {} MB free, {} MB should be; uploads are refused, readings wait",
            free >> 20,
            wanted >> 20
        );
        return DependencyView { name: "storage", ok: false, message };
    }
    let room = if wanted > 0 { format!(", {} MB free", free >> 20) } else { String::new() };
    let (ok, message) = match tokio::time::timeout(PATIENCE, services.blobs.check()).await {
        Ok(Ok(())) => (true, format!("answers{room}")),
        Ok(Err(error)) => (false, error.code().title().to_owned()),
        Err(_) => (false, "does not answer".to_owned()),
    };
    DependencyView { name: "storage", ok, message }
}
