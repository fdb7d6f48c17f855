//! Which server, and how the collection is set up there.

use std::fmt;
use std::time::Duration;

use qdrant_client::Qdrant;

use super::super::{IndexModel, VectorError};

/// How much longer than a search one try of a write may take: it waits until every replica has applied it.
const WRITES_TAKE: u32 = 6;
/// The part of a collection's name that the model may take: servers allow 255 characters in all.
const LONGEST_MODEL: usize = 150;

/// Which server, and how collections are set up there.
#[derive(Clone)]
pub struct QdrantSettings {
    /// The gRPC address, such as `http://127.0.0.1:6334`.
    pub url: String,
    /// Sent to that address and nowhere else: gRPC knows no redirects.
    pub api_key: Option<String>,
    pub model: IndexModel,
    /// Begins the name of the collection; the model follows.
    pub prefix: String,
    /// For one search, with everything that has to be repeated.
    pub timeout: Duration,
    pub connect_timeout: Duration,
    /// Shards, replicas and the replicas that a write needs are fixed when the collection is made. `None`: as the
    /// server has it.
    pub shards: Option<u32>,
    pub replicas: Option<u32>,
    pub write_consistency: Option<u32>,
    /// `None`: as the collection is.
    pub quantization: Option<Quantization>,
    /// Full vectors and sparse index on disk instead of in the server's memory.
    pub on_disk: bool,
}

/// A smaller form of the vectors, which searches go through first; what they find is ranked by the full vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantization {
    None,
    /// A byte for each number: a quarter.
    Scalar,
    /// A bit for each number: a thirty-second, for models of many dimensions.
    Binary,
}

impl QdrantSettings {
    pub fn new(url: String, model: IndexModel) -> Self {
        Self {
            url,
            api_key: None,
            model,
            prefix: "docent".into(),
            timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(2),
            shards: None,
            replicas: None,
            write_consistency: None,
            quantization: None,
            on_disk: false,
        }
    }

    pub(super) fn collection(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let model: String = self.model.name.chars().map(plain).take(LONGEST_MODEL).collect();
        format!("{}-{model}-{}", self.prefix, self.model.dimension)
    }

    /// Connects with the first request.
    pub(super) fn client(&self) -> Result<Qdrant, VectorError> {
        let client = Qdrant::from_url(&self.url)
            .api_key(self.api_key.clone())
            .timeout(self.timeout * WRITES_TAKE)
            .connect_timeout(self.connect_timeout)
            .keep_alive_while_idle()
            // It would ask the server, and wait for it, before anything is known to be there.
            .skip_compatibility_check()
            .build();
        client.map_err(|error| VectorError::Unfit(error.to_string()))
    }
}

impl fmt::Debug for QdrantSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QdrantSettings")
            .field("url", &self.url)
            .field("collection", &self.collection())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(model: &str) -> QdrantSettings {
        let model = IndexModel { name: model.into(), dimension: 384 };
        QdrantSettings::new("http://127.0.0.1:1".into(), model)
    }

    #[test]
    fn each_model_has_its_own_collection() {
        let name = settings("sentence-transformers/all-MiniLM-L6-v2+int8").collection();
        insta::assert_snapshot!(name, @"docent-sentence-transformers-all-minilm-l6-v2-int8-384");
        assert!(settings(&"long/".repeat(100)).collection().len() < 200);
    }

    #[test]
    fn the_key_is_not_printed() {
        let settings = QdrantSettings { api_key: Some("hunter2".into()), ..settings("minilm") };
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused() {
        let settings = QdrantSettings { url: "not an address".into(), ..settings("minilm") };
        assert!(matches!(settings.client().err(), Some(VectorError::Unfit(_))));
    }
}
