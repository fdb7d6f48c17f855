//! What the handlers need, passed in by whoever composes the program.

use std::sync::Arc;
use std::time::Duration;

use super::MetricsToken;
use super::idempotency::UnderWay;
use docent_archive as archive;
use docent_auth::Auth;
use docent_auth::address::Proxies;
use docent_auth::origin::Origins;
use docent_blobs::{Blobs, Room};
use docent_bus::Bus;
use docent_chat::Engine;
use docent_domain::{Clock, Code, Fault, Scope};
use docent_embedding::Embedder;
use docent_ingest::Overseer;
use docent_models::ChatModel;
use docent_retrieve::{Ask, Found, Retriever};
use docent_store::{ForCallers, Store, VectorCache};
use docent_vectors::VectorIndex;

/// Everything behind the routes; clones share it.
#[derive(Clone)]
pub struct Services {
    pub auth: Auth,
    pub blobs: Arc<dyn Blobs>,
    pub bus: Arc<dyn Bus>,
    pub cache: Option<VectorCache>,
    pub clock: Arc<dyn Clock>,
    pub embedder: Arc<dyn Embedder>,
    pub engine: Engine,
    pub index: Arc<dyn VectorIndex>,
    pub ingest: Overseer,
    pub limits: Limits,
    /// Shown by whoever may read metrics and has no account.
    pub metrics_token: Option<MetricsToken>,
    pub model: Arc<dyn ChatModel>,
    /// The description of every route of the server, other doors' included.
    pub openapi: fn() -> &'static str,
    pub origins: Arc<Origins>,
    pub proxies: Arc<Proxies>,
    pub retriever: Retriever,
    /// On the disks.
    pub room: Room,
    pub store: Store<ForCallers>,
    /// Requests with keys that this node is receiving.
    pub under_way: UnderWay,
}

/// How long a search may take in all, as in a turn of a chat: a server of embeddings may be silent for longer.
const SEARCH: Duration = Duration::from_secs(20);

impl Services {
    /// Searches within the time that a search may take.
    pub(super) async fn search(&self, scope: &Scope, ask: Ask<'_>) -> Result<Found, Fault> {
        in_time(self.retriever.search(scope, ask)).await
    }
}

/// What a search, or a part of it, comes to.
pub(super) async fn in_time<T, E: Into<Fault>>(work: impl Future<Output = Result<T, E>>) -> Result<T, Fault> {
    within(SEARCH, work).await
}

async fn within<T, E: Into<Fault>>(
    time: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, Fault> {
    match tokio::time::timeout(time, work).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => {
            let detail =
                "The search took too long; the server of embeddings or the index may be away. Try again";
            Err(Fault::new(Code::RetrievalUnavailable, detail))
        }
    }
}

/// How much a request may bring, and how slowly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one uploaded file.
    pub max_file_size: u64,
    /// Bytes of an archive that is to become a project.
    pub max_import_size: u64,
    /// Files of one bulk upload.
    pub bulk_files: usize,
    /// Bytes of a body that is no upload.
    pub json_body: usize,
    /// Ids in one list.
    pub list_ids: usize,
    /// Bytes of a question.
    pub message: usize,
    /// Bytes of `settings` and `doc_metadata`.
    pub metadata: usize,
    /// Passages of one search.
    pub top_k: usize,
    /// An upload that is silent for so long is cut.
    pub upload_idle: Duration,
    /// How long `?wait=` may hold a request.
    pub longest_wait: Duration,
}

impl Limits {
    /// What holds for files and settings that are sent one by one holds for those in archives.
    pub const fn archives(&self) -> archive::Limits {
        archive::Limits { original: self.max_file_size, metadata: self.metadata }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_size: 100 * 1024 * 1024,
            max_import_size: 2 * 1024 * 1024 * 1024,
            bulk_files: 100,
            json_body: 256 * 1024,
            list_ids: 1000,
            message: 32 * 1024,
            metadata: 16 * 1024,
            top_k: 50,
            upload_idle: Duration::from_secs(60),
            longest_wait: Duration::from_secs(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_search_that_hears_nothing_ends() {
        let never = std::future::pending::<Result<(), Fault>>();
        assert_eq!(
            within(Duration::from_millis(1), never).await.unwrap_err().code(),
            Code::RetrievalUnavailable
        );
        let failed = async { Err::<(), _>(Fault::new(Code::EmbeddingFailed, "no vectors")) };
        assert_eq!(in_time(failed).await.unwrap_err().code(), Code::EmbeddingFailed);
        assert!(in_time(async { Ok::<_, Fault>(()) }).await.is_ok());
    }
}
