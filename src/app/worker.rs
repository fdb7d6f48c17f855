//! A worker process: jobs without a server, and a small listener that says how it is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::core::Core;
use super::server::{Failure, Options, work};
use super::{listener, parts};
use crate::config::Config;
use docent_domain::Clock;
use docent_domain::clock::SystemClock;
use docent_extract::Extractors;
use docent_http::MetricsToken;
use docent_ingest::Ingest;
use docent_jobs::Workers;
use docent_recognise::Recognisers;
use docent_store::Store;
use docent_telemetry as telemetry;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(5);

/// A database that takes longer counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// A worker that works.
pub struct WorkerProcess {
    /// Where it tells of its health.
    pub address: SocketAddr,
    core: Core,
    workers: Workers,
    stop: CancellationToken,
    tasks: TaskTracker,
    serving: JoinHandle<std::io::Result<()>>,
    grace: Duration,
}

impl WorkerProcess {
    /// Opens everything; when this returns, the worker takes jobs.
    pub async fn start(config: &Config, options: Options) -> Result<Self, Failure> {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        telemetry::install();
        tasks.spawn(telemetry::upkeep(stop.clone()));
        let (listener, address) = listener::bind(config.worker.listen)?;
        let extractors = Extractors::new(parts::extract_settings(config, options.program.clone())?);
        let recognisers = parts::recognise_settings(config, options.program)?.map(Recognisers::new);
        let core = Core::open(config, options.clock.unwrap_or_else(|| Arc::new(SystemClock))).await?;
        let ingest = Ingest::new(core.reading(config, extractors, recognisers)?);
        tasks.spawn(core.room.clone().watch(stop.clone()));
        let workers = work(config, &ingest, &core.room, &tasks, &stop).await?;
        let grace = Duration::from_secs(config.server.shutdown_s);
        let token = config.telemetry.metrics_token.reveal().map(MetricsToken::new);
        let metrics = match token {
            Some(token) => Readers::Holding(token),
            None if address.ip().is_loopback() => Readers::All,
            None => Readers::None,
        };
        let (store, clock) = (core.store.clone(), Arc::clone(&core.clock));
        let health = Health { store, clock, metrics, stop: stop.clone() };
        let patience = listener::Patience { head: HEAD, grace: Duration::from_secs(1) };
        let serving = tasks.spawn(listener::serve(listener, routes(health), stop.clone(), patience));
        Ok(Self { address, core, workers, stop, tasks, serving, grace })
    }

    /// Takes no more jobs, lets go of those under way without counting them, and returns when nothing is left.
    pub async fn shutdown(self) {
        self.stop.cancel();
        self.workers.stop().await;
        self.tasks.close();
        if tokio::time::timeout(self.grace, self.tasks.wait()).await.is_err() {
            tracing::warn!(tasks = self.tasks.len(), "Something did not end in time");
        }
        self.serving.abort();
        self.core.close().await;
    }
}

#[derive(Clone)]
struct Health {
    store: Store,
    clock: Arc<dyn Clock>,
    metrics: Readers,
    stop: CancellationToken,
}

/// Of metrics. There are no accounts here.
#[derive(Clone)]
enum Readers {
    Holding(MetricsToken),
    /// Everybody on this machine.
    All,
    None,
}

fn routes(health: Health) -> Router {
    Router::new()
        .route("/healthz", get(alive))
        .route("/metrics", get(metrics))
        .route("/readyz", get(ready))
        .with_state(health)
}

async fn alive() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

async fn metrics(State(health): State<Health>, headers: HeaderMap) -> Response {
    let may = match &health.metrics {
        Readers::Holding(token) => token.is_shown(&headers),
        Readers::All => true,
        Readers::None => false,
    };
    if !may {
        let advice = "Send the METRICS_TOKEN of the settings as a bearer token\n";
        return (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")], advice).into_response();
    }
    health.store.measure(health.clock.now()).await;
    ([(CONTENT_TYPE, telemetry::CONTENT_TYPE)], telemetry::render()).into_response()
}

/// A worker that cannot reach the database, or is about to stop, takes no jobs.
async fn ready(State(health): State<Health>) -> (StatusCode, Json<Value>) {
    let asked = async { health.store.read().await?.answers().await };
    let answers = matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(_)));
    if answers && !health.stop.is_cancelled() {
        (StatusCode::OK, Json(json!({"status": "ready"})))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "not_ready"})))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use axum::http::header::AUTHORIZATION;
    use tower::ServiceExt;

    use super::*;
    use docent_store::{Backend, StoreSettings};

    #[tokio::test]
    async fn metrics_are_for_whoever_shows_the_token_and_else_for_this_machine() {
        let folder = tempfile::tempdir().unwrap();
        let settings = StoreSettings::new(Backend::Sqlite(folder.path().join("docent.db")));
        let store = Store::open(&settings).await.unwrap();
        let asked = async |metrics: Readers, token: &str| {
            let (store, stop) = (store.clone(), CancellationToken::new());
            let health = Health { store, clock: Arc::new(SystemClock), metrics, stop };
            let request =
                Request::get("/metrics").header(AUTHORIZATION, format!("Bearer {token}")).body(Body::empty());
            routes(health).oneshot(request.unwrap()).await.unwrap().status().as_u16()
        };
        let token = || Readers::Holding(MetricsToken::new("0123456789abcdef"));
        assert_eq!(asked(token(), "0123456789abcdef").await, 200);
        assert_eq!(asked(token(), "0123456789abcdeF").await, 401);
        assert_eq!(asked(Readers::All, "").await, 200);
        assert_eq!(asked(Readers::None, "0123456789abcdef").await, 401);
    }
}
