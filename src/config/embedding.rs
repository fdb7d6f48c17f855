//! The model that turns text into vectors.

use super::declared::declared;
use super::values::{Address, Secret};
use docent_embedding::Precision;

declared! {
    /// The model that turns text into vectors.
    Embedding "embedding" {
        /// `local` (ONNX model in a folder), `hub` (a fastembed model by name, downloaded), `openai` (any OpenAI-compatible
        /// `/v1/embeddings`), or `hash` (no model: word hashes, for trying things out).
        provider: String = "local", EMBEDDING_PROVIDER;
        /// Name or folder of the model. A bare name is looked up under `models` in the home folder. Empty: the model that the index
        /// was built with; for a new one `multilingual-e5-small` where it was fetched, else `all-MiniLM-L6-v2`. Where QDRANT_URL is
        /// set, the database says which one it is.
        model: String = "", EMBEDDING_MODEL;
        /// Of the local model: `int8` or `fp32`.
        precision: Precision = "int8", EMBEDDING_PRECISION;
        /// Sessions that embed documents, one thread each, loaded when there is something to embed and dropped after a minute
        /// without. 0: one per core, at most four.
        sessions: usize = 0, EMBEDDING_SESSIONS;
        /// Address of the OpenAI-compatible server, up to and with `/v1`.
        base_url: Option<Address> = "", EMBEDDING_BASE_URL;
        /// Key for it.
        api_key: Secret = "", EMBEDDING_API_KEY;
        /// Length of the vectors of a remote or hash model. 0: ask the model.
        dimension: usize = 0, EMBEDDING_DIMENSION;
    }
}
