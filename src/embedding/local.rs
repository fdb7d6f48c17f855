//! A model in a folder, run in this process: the default.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use super::description::Description;
use super::onnx::{self, Files};
use super::pool::{Load, Pool};
use super::{Embedder, EmbeddingError, Home, LocalSettings, ModelInfo, Precision, TokenCounter};

/// Where exporters put the graph, relative to the model's folder.
const GRAPHS: &[(Precision, &str)] = &[
    (Precision::Int8, "model_int8.onnx"),
    (Precision::Int8, "onnx/model_int8.onnx"),
    (Precision::Int8, "model_quantized.onnx"),
    (Precision::Int8, "onnx/model_quantized.onnx"),
    (Precision::Fp32, "model.onnx"),
    (Precision::Fp32, "onnx/model.onnx"),
];

pub(super) async fn open(settings: &LocalSettings) -> Result<Arc<dyn Embedder>, EmbeddingError> {
    let settings_of_thread = settings.clone();
    let prepare = move || -> Result<_, EmbeddingError> {
        let folder = folder_of(&settings_of_thread)?;
        let (name, files) = find(&settings_of_thread, &folder)?;
        let environment = onnx::start(&Home::open(&settings_of_thread.home)?)?;
        let path = folder.join("tokenizer.json");
        let json = fs_err::read(&path).map_err(|source| EmbeddingError::Io { path, source })?;
        let counter = Arc::new(TokenCounter::from_json(&json)?);
        drop(json);
        let shared = onnx::share(&environment, &files, &counter)?;
        Ok((name, files.description, shared, counter))
    };
    let (name, description, shared, counter) = blocking(prepare).await?;
    let load: Load = Arc::new(move || shared.session());
    let pool = Pool::start(load, sessions(settings.sessions)).await?;
    let Description { max_tokens, query_prefix, passage_prefix, dimension, .. } = description;
    if let Some(expected) = dimension.filter(|expected| *expected != pool.dimension()) {
        return Err(EmbeddingError::Dimension { expected, found: pool.dimension() });
    }
    let max_tokens = max_tokens.saturating_sub(counter.count(&passage_prefix));
    let info = ModelInfo { name, dimension: pool.dimension(), max_tokens };
    Ok(Arc::new(InProcess { info, pool, counter, query_prefix, passage_prefix }))
}

/// A model on the threads of this process, wherever its files came from.
pub(super) struct InProcess {
    pub info: ModelInfo,
    pub pool: Pool,
    pub counter: Arc<TokenCounter>,
    pub query_prefix: String,
    pub passage_prefix: String,
}

#[async_trait]
impl Embedder for InProcess {
    fn info(&self) -> &ModelInfo {
        &self.info
    }

    async fn query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        self.pool.query(&format!("{}{text}", self.query_prefix)).await
    }

    async fn passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        self.pool.passages(texts.iter().map(|text| format!("{}{text}", self.passage_prefix))).await
    }

    async fn sentences(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        self.pool.sentences(texts.iter().map(|text| format!("{}{text}", self.passage_prefix))).await
    }

    fn batch(&self) -> usize {
        self.pool.batch()
    }

    fn tokenizer(&self) -> &TokenCounter {
        &self.counter
    }
}

/// One for each core, at most four: more sessions cost memory, and memory bandwidth is soon the limit.
pub(super) fn sessions(configured: Option<usize>) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    configured.unwrap_or_else(|| cores.min(4)).max(1)
}

/// Files are read and libraries loaded off the async threads.
pub(super) async fn blocking<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, EmbeddingError> + Send + 'static,
) -> Result<T, EmbeddingError> {
    tokio::task::spawn_blocking(run).await.unwrap_or(Err(EmbeddingError::Stopped))
}

fn folder_of(settings: &LocalSettings) -> Result<PathBuf, EmbeddingError> {
    let named = settings.home.join("models").join(&settings.model);
    let folder = if named.is_dir() { named.clone() } else { PathBuf::from(&settings.model) };
    if folder.is_dir() { Ok(folder) } else { Err(EmbeddingError::Missing(named)) }
}

/// The name to record, and the files.
fn find(settings: &LocalSettings, folder: &Path) -> Result<(String, Files), EmbeddingError> {
    let (precision, graph) = graph_in(folder, settings.precision)?;
    let name =
        folder.file_name().map_or_else(|| settings.model.clone(), |name| name.to_string_lossy().into());
    let suffix = match precision {
        Precision::Fp32 => "fp32",
        Precision::Int8 => "int8",
    };
    let description = Description::of(folder)?;
    let name = description.recorded_name(&name, suffix);
    Ok((name, Files { graph, description }))
}

/// The first graph of the wanted precision, or of any, int8 before fp32.
pub(super) fn graph_in(
    folder: &Path,
    precision: Option<Precision>,
) -> Result<(Precision, PathBuf), EmbeddingError> {
    if !folder.is_dir() {
        return Err(EmbeddingError::Missing(folder.to_owned()));
    }
    let mut wanted =
        GRAPHS.iter().filter(|(one, _)| precision.is_none_or(|wanted| wanted == *one)).peekable();
    let named = wanted.peek().map_or("model.onnx", |(_, file)| file);
    let found = wanted.find(|(_, file)| folder.join(file).is_file());
    let (precision, file) = found.ok_or_else(|| EmbeddingError::Missing(folder.join(named)))?;
    Ok((*precision, folder.join(file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::folder;

    fn found(
        folder: &tempfile::TempDir,
        precision: Option<Precision>,
    ) -> Result<(String, Files), EmbeddingError> {
        let mut settings = LocalSettings::new("/nowhere");
        settings.model = folder.path().display().to_string();
        settings.precision = precision;
        find(&settings, folder.path())
    }

    #[test]
    fn the_graph_is_found_where_exporters_put_it() {
        let both = folder(&[("model.onnx", ""), ("onnx/model_quantized.onnx", "")]);
        let name = |precision| found(&both, precision).unwrap().0;
        assert!(name(None).ends_with("/int8"));
        assert!(name(Some(Precision::Fp32)).ends_with("/fp32"));

        let full = folder(&[("onnx/model.onnx", "")]);
        assert!(found(&full, None).unwrap().0.ends_with("/fp32"));
        let error = found(&full, Some(Precision::Int8)).unwrap_err();
        assert!(error.to_string().contains("model_int8.onnx"), "{error}");
    }

    #[test]
    fn an_unknown_model_is_said_to_be_missing() {
        let error = folder_of(&LocalSettings::new("/nowhere")).unwrap_err();
        assert!(
            error.to_string().starts_with("`/nowhere/models/multilingual-e5-small` is missing"),
            "{error}"
        );
    }
}
