//! From a question to passages.

use super::check::between;
use super::declared::declared;
use docent_retrieve::Fusion;

declared! {
    /// From a question to passages.
    Retrieval "retrieval" {
        /// Passages that stand behind an answer, unless the question says otherwise.
        top_k: usize = 6, RETRIEVAL_TOP_K;
        /// How the dense and the sparse ranking become one: `confidence`, `scores` or `ranks`.
        fusion: Fusion = "confidence", RETRIEVAL_FUSION;
        /// Cosine below which a passage that shares no word with the question is no source. For models that
        /// docs/retrieval.md has no figures of, it also decides when there is no answer.
        min_cosine: f32 = 0.3, RETRIEVAL_MIN_COSINE;
        /// Milliseconds that a question of a chat waits for a closer look: the vectors of single sentences, by which the
        /// built-in answerer chooses and `no_answer` is decided, where the model was measured for it, and the judge. 0: none.
        sentences_ms: u64 = 2_000, RETRIEVAL_SENTENCES_MS, between(0, 10_000);
        /// Cross-encoder that reads the first passages together with an English question and has a say in `no_answer`: a
        /// folder with a graph and `tokenizer.json`, or its name under `models` in the home folder. Empty: none.
        judge: String = "ms-marco-MiniLM-L-12-v2", RETRIEVAL_JUDGE;
    }
}
