//! The cross-encoder that turns of chats ask. It is loaded when it is first asked, since it takes memory that a server in
//! another language never needs.

use std::path::PathBuf;
use std::sync::{Arc, Once};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::SetOnce;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use docent_rerank::{self as rerank, CrossEncoderModel, OnnxSettings, Patient, RerankError, RerankSettings};
use docent_retrieve::Rerank;

/// The one that `make setup` fetches, and the preset of `RETRIEVAL_JUDGE`.
const PRESET: &str = "ms-marco-MiniLM-L-12-v2";
/// Sessions, with a thread each: each takes memory of its own for the words.
const SESSIONS: usize = 1;
/// How long a question waits for it to be loaded.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the settings ask for.
pub enum Wanted {
    Nothing,
    /// The one of the presets, which was not fetched.
    Missing,
    Model(Model),
}

/// What is to be loaded, and how long a question waits for its scores.
#[derive(Clone)]
pub struct Model {
    settings: OnnxSettings,
    budget: Duration,
}

impl Wanted {
    pub fn by(config: &Config) -> Self {
        let (name, home) = (&config.retrieval.judge, &config.server.home);
        if name.is_empty() || config.retrieval.sentences_ms == 0 {
            return Self::Nothing;
        }
        if name == PRESET && !home.join("models").join(name).is_dir() {
            return Self::Missing;
        }
        let model = CrossEncoderModel::Folder(PathBuf::from(name));
        let settings = OnnxSettings { home: home.clone(), model, sessions: SESSIONS };
        Self::Model(Model { settings, budget: Duration::from_millis(config.retrieval.sentences_ms) })
    }
}

impl Model {
    pub async fn load(self) -> Result<Patient, RerankError> {
        rerank::open(&RerankSettings::Onnx(self.settings), self.budget).await
    }
}

/// One that is loaded when it is first asked.
pub struct Judge {
    model: Model,
    tasks: TaskTracker,
    begun: Once,
    /// `None` inside: it cannot be used.
    loaded: Arc<SetOnce<Option<Patient>>>,
}

impl Judge {
    pub fn new(model: Model, tasks: &TaskTracker) -> Self {
        Self { model, tasks: tasks.clone(), begun: Once::new(), loaded: Arc::default() }
    }

    /// A question that ends meanwhile does not end the loading.
    fn load(&self) {
        let (model, loaded) = (self.model.clone(), Arc::clone(&self.loaded));
        self.tasks.spawn(async move {
            let opened = model.load().await.inspect_err(|error| {
                tracing::warn!(%error, "The cross-encoder cannot be used: turns of chats go on without");
            });
            drop(loaded.set(opened.ok()));
        });
    }
}

#[async_trait]
impl Rerank for Judge {
    async fn scores(&self, question: &str, passages: &[String]) -> Result<Vec<f32>, String> {
        self.begun.call_once(|| self.load());
        match tokio::time::timeout(PATIENCE, self.loaded.wait()).await {
            Ok(Some(loaded)) => Rerank::scores(loaded, question, passages).await,
            Ok(None) => Err("it cannot be used".to_owned()),
            Err(_) => Err("it is being loaded".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;

    fn config(pairs: &[(&str, &str)]) -> Config {
        let environment =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::load(&Sources { environment, ..Sources::default() }).unwrap()
    }

    #[test]
    fn the_preset_is_loaded_where_it_was_fetched_and_another_one_always() {
        assert_eq!(config(&[]).retrieval.judge, PRESET);
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().display().to_string();
        let wanted = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().copied().chain([("DOCENT_HOME", folder.as_str())]).collect();
            Wanted::by(&config(&pairs))
        };
        assert!(matches!(wanted(&[]), Wanted::Missing));
        std::fs::create_dir_all(home.path().join("models").join(PRESET)).unwrap();
        assert!(matches!(wanted(&[]), Wanted::Model(_)));
        assert!(matches!(wanted(&[("RETRIEVAL_JUDGE", "")]), Wanted::Nothing));
        assert!(matches!(wanted(&[("RETRIEVAL_SENTENCES_MS", "0")]), Wanted::Nothing));
        let another = wanted(&[("RETRIEVAL_JUDGE", "another")]);
        assert!(matches!(another, Wanted::Model(_)), "that it is missing is told when it is loaded");
    }
}
