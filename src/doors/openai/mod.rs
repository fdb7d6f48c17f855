//! OpenAI's API: `/v1/models`, `/v1/chat/completions`, `/v1/completions`, `/v1/responses` and `/v1/embeddings`, so that
//! whatever speaks it can use a project as a model.
//!
//! Clients of this API keep the talk themselves and send it along with each question. So each question opens a
//! private chat of its author's, with that talk in it: it is found in the history like any other, and no two
//! questions are ever in each other's way. A client that goes away stops its answer.

mod asking;
mod body;
mod completions;
mod described;
mod embeddings;
mod follow;
mod models;
mod refusal;
mod request;
mod responses;
mod sent;
mod texts;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap};
use axum::routing::{get, post};
use utoipa::OpenApi;

use crate::Direct;
use crate::door::{Door, Mount};
use crate::hub::Hub;
use docent_auth::credentials::token_of;
use docent_auth::{Auth, Caller};
use docent_domain::{Clock, Code, Fault};
use docent_store::{ForCallers, Store};
use refusal::Refusal;

/// What metrics call this door.
const LABEL: &str = "openai";

pub(crate) struct OpenAi;

impl Door for OpenAi {
    fn label(&self) -> Option<&'static str> {
        Some(LABEL)
    }

    fn title(&self) -> &'static str {
        "OpenAI"
    }

    fn openapi(&self) -> Option<utoipa::openapi::OpenApi> {
        Some(described::Described::openapi())
    }

    fn routes(&self, mount: &Mount<'_>) -> Router {
        mount.direct.map(|direct| routes(Services::new(mount.hub, direct.clone()))).unwrap_or_default()
    }
}

/// What the handlers of this door need.
#[derive(Clone)]
struct Services {
    auth: Auth,
    clock: Arc<dyn Clock>,
    direct: Direct,
    limits: Limits,
    store: Store<ForCallers>,
}

/// How much a request may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limits {
    /// Bytes of a body: a question with the talk before it, or a batch of texts.
    body: usize,
    /// Bytes of one text.
    text: usize,
    /// Messages of one talk.
    messages: usize,
    /// Texts embedded at once.
    batch: usize,
    /// Ids in one list.
    ids: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 2 << 20, text: 32 << 10, messages: 2_048, batch: 256, ids: 1_000 }
    }
}

/// The routes of this door, below `/v1`; put the checks that all requests pass around them.
fn routes(services: Services) -> Router {
    let v1 = Router::new()
        .route("/chat/completions", post(completions::handler))
        .route("/completions", post(texts::handler))
        .route("/embeddings", post(embeddings::handler))
        .route("/models", get(models::list))
        .route("/models/{*model}", get(models::one))
        .route("/responses", post(responses::handler))
        .method_not_allowed_fallback(async || {
            let detail = "This address does not take that method";
            Refusal::from(Fault::new(Code::MethodNotAllowed, detail))
        })
        .fallback(async || {
            let detail = "Of OpenAI's API there are /v1/models, /v1/chat/completions, /v1/completions, /v1/responses and \
                          /v1/embeddings";
            Refusal::from(Fault::new(Code::NotFound, detail))
        })
        // Bodies are read with limits of their own.
        .layer(DefaultBodyLimit::disable())
        .with_state(services);
    Router::new().nest("/v1", v1)
}

impl Services {
    fn new(hub: &Hub, direct: Direct) -> Self {
        let limits = Limits { text: hub.limits.payload.message_bytes, ..Limits::default() };
        let (auth, clock, store) = (hub.auth.clone(), Arc::clone(&hub.clock), hub.store.clone());
        Self { auth, clock, direct, limits, store }
    }

    /// Who is asking, by the token of the request.
    async fn caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        Ok(self.auth.require(token_of(headers), self.clock.now()).await?)
    }

    /// Counts one turn or one batch of texts against the caller's limit, and notes what is left for the answer.
    async fn spend(&self, caller: &Caller, extensions: &Extensions) -> Result<(), Refusal> {
        Ok(self.auth.spend_by_request(caller, extensions, self.clock.now()).await?)
    }
}
