//! From a question to passages.

use super::declared::declared;
use docent_retrieve::Fusion;

declared! {
    /// From a question to passages.
    Retrieval "retrieval" {
        /// Passages that stand behind an answer, unless the question says otherwise.
        top_k: usize = 6, RETRIEVAL_TOP_K;
        /// How the dense and the sparse ranking become one: `scores` or `ranks`.
        fusion: Fusion = "scores", RETRIEVAL_FUSION;
        /// Cosine below which nothing counts as relevant, unless the words match well (docs/retrieval.md).
        /// It depends on the embedding model.
        min_cosine: f32 = 0.3, RETRIEVAL_MIN_COSINE;
    }
}
