//! A model that reads the first passages and the question together.

use super::check::{between, http};
use super::declared::declared;
use super::values::{Address, RerankKind, Secret};

declared! {
    /// A model that reads the first passages and the question together.
    Rerank "rerank" {
        /// `off`, `local` (a cross-encoder in a folder, run in this process) or `http` (any server with `/rerank`: Jina, Cohere,
        /// Text Embeddings Inference, vLLM, llama.cpp). Without its scores a search comes as it is.
        provider: RerankKind = "off", RERANK_PROVIDER;
        /// Folder of the local model, with a graph and `tokenizer.json`; a bare name is looked up under `models` in the home
        /// folder. Of a server: the name of the model, which may be empty where it has one.
        model: String = "", RERANK_MODEL;
        /// Address of the server, up to and with `/v1`, or the whole one where it ends with `/rerank`.
        url: Option<Address> = "", RERANK_URL, http("http://127.0.0.1:8080/v1");
        /// Key for it.
        api_key: Secret = "", RERANK_API_KEY;
        /// Passages that it is shown for each question.
        candidates: usize = 24, RERANK_CANDIDATES, between(2, 100);
        /// Milliseconds that a question waits for it.
        budget_ms: u64 = 1500, RERANK_BUDGET_MS, between(10, 60_000);
        /// Threads of the local model, with a session each. 0: one per core, at most four.
        sessions: usize = 0, RERANK_SESSIONS;
    }
}
