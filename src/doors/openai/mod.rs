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
mod texts;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap};
use axum::routing::{get, post};
use tokio_util::task::TaskTracker;
use utoipa::OpenApi;

use docent_auth::credentials::token_of;
use docent_auth::{Auth, Caller};
use docent_chat::Engine;
use docent_domain::{Clock, Code, Fault};
use docent_embedding::Embedder;
use docent_models::ChatModel;
use docent_store::{ForCallers, Store};
use refusal::Refusal;

/// What this door needs, passed in by whoever composes the program.
#[derive(Clone)]
pub struct Services {
    pub auth: Auth,
    pub clock: Arc<dyn Clock>,
    pub embedder: Arc<dyn Embedder>,
    pub engine: Engine,
    pub limits: Limits,
    pub model: Arc<dyn ChatModel>,
    pub store: Store<ForCallers>,
    pub tasks: TaskTracker,
}

/// How much a request may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body: a question with the talk before it, or a batch of texts.
    pub body: usize,
    /// Bytes of one text.
    pub text: usize,
    /// Messages of one talk.
    pub messages: usize,
    /// Texts embedded at once.
    pub batch: usize,
    /// Ids in one list.
    pub ids: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 2 << 20, text: 32 << 10, messages: 2_048, batch: 256, ids: 1_000 }
    }
}

/// The routes of this door, below `/v1`; put the checks that all requests pass around them.
pub fn routes(services: Services) -> Router {
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

/// The routes of this door, as clients are told of them.
pub(super) fn described() -> utoipa::openapi::OpenApi {
    described::Described::openapi()
}

impl Services {
    /// Who is asking, by the token of the request.
    async fn caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        Ok(self.auth.require(token_of(headers), self.clock.now()).await?)
    }

    /// Counts one turn or one batch of texts against the caller's limit, and notes what is left for the answer.
    async fn spend(&self, caller: &Caller, extensions: &Extensions) -> Result<(), Refusal> {
        Ok(self.auth.spend_by_request(caller, extensions, self.clock.now()).await?)
    }
}
