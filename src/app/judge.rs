//! The cross-encoder that turns of chats ask. It is loaded when it is first asked, since it takes memory that a server in
//! another language never needs.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use docent_rerank::{self as rerank, CrossEncoderModel, OnnxSettings, Patient, RerankSettings};
use docent_retrieve::Rerank;

/// The one that `make setup` fetches, and the preset of `RETRIEVAL_JUDGE`.
const PRESET: &str = "ms-marco-MiniLM-L-12-v2";
/// Sessions, with a thread each: each takes memory of its own for the words.
const SESSIONS: usize = 1;
/// So often it is looked whether it is loaded, and so often at most for one question.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS: usize = 25;

/// What is to be loaded; `None` where none is wanted, or the one of the presets was not fetched.
pub fn settings(config: &Config) -> Option<OnnxSettings> {
    let name = &config.retrieval.judge;
    let home = &config.server.home;
    let is_off = name.is_empty() || config.retrieval.sentences_ms == 0;
    let is_missing = name == PRESET && !home.join("models").join(name).is_dir();
    let model = CrossEncoderModel::Folder(PathBuf::from(name));
    (!is_off && !is_missing).then(|| OnnxSettings { home: home.clone(), model, sessions: SESSIONS })
}

/// Loads it.
pub async fn open(config: &Config, settings: OnnxSettings) -> Result<Patient, rerank::RerankError> {
    let budget = Duration::from_millis(config.retrieval.sentences_ms);
    rerank::open(&RerankSettings::Onnx(settings), budget).await
}

/// One that is loaded when it is first asked.
pub struct Judge {
    config: Config,
    settings: OnnxSettings,
    tasks: TaskTracker,
    begun: AtomicBool,
    /// `None` inside: it cannot be used.
    loaded: Arc<OnceLock<Option<Patient>>>,
}

impl Judge {
    /// `None` where there is none to load.
    pub fn new(config: &Config, tasks: &TaskTracker) -> Option<Self> {
        let Some(settings) = settings(config) else {
            tracing::debug!(model = config.retrieval.judge, "No cross-encoder is asked");
            return None;
        };
        let (config, tasks) = (config.clone(), tasks.clone());
        Some(Self { config, settings, tasks, begun: AtomicBool::new(false), loaded: Arc::default() })
    }

    /// Begins to load it. A question that ends meanwhile does not end that.
    fn load(&self) {
        let (config, settings, loaded) =
            (self.config.clone(), self.settings.clone(), Arc::clone(&self.loaded));
        self.tasks.spawn(async move {
            let model = config.retrieval.judge.clone();
            let opened = open(&config, settings).await.inspect_err(|error| {
                tracing::warn!(model, %error, "The cross-encoder cannot be used: turns of chats go on without");
            });
            drop(loaded.set(opened.ok()));
        });
    }
}

#[async_trait]
impl Rerank for Judge {
    async fn scores(&self, question: &str, passages: &[String]) -> Result<Vec<f32>, String> {
        if !self.begun.swap(true, Ordering::Relaxed) {
            self.load();
        }
        for _ in 0..LOOKS {
            match self.loaded.get() {
                Some(Some(loaded)) => return Rerank::scores(loaded, question, passages).await,
                Some(None) => return Err("it cannot be used".to_owned()),
                None => tokio::time::sleep(LOOK).await,
            }
        }
        Err("it is being loaded".to_owned())
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
        let known = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().copied().chain([("DOCENT_HOME", folder.as_str())]).collect();
            settings(&config(&pairs)).is_some()
        };
        assert!(!known(&[]));
        std::fs::create_dir_all(home.path().join("models").join(PRESET)).unwrap();
        assert!(known(&[]));
        assert!(!known(&[("RETRIEVAL_JUDGE", "")]));
        assert!(!known(&[("RETRIEVAL_SENTENCES_MS", "0")]));
        assert!(known(&[("RETRIEVAL_JUDGE", "another")]), "that it is missing is told when it is loaded");
    }
}
