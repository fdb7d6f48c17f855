//! A model in a folder, run in this process: the default.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;

use super::onnx::{self, Files, Pooling};
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
        let (name, files) = find(&settings_of_thread)?;
        let environment = onnx::start(&Home::open(&settings_of_thread.home)?)?;
        let path = files.folder.join("tokenizer.json");
        let json = fs_err::read(&path).map_err(|source| EmbeddingError::Io { path, source })?;
        Ok((name, files, environment, TokenCounter::from_json(&json)?))
    };
    let (name, files, environment, counter) = blocking(prepare).await?;
    let max_tokens = files.max_tokens;
    let load: Load = Arc::new(move || onnx::load(&environment, &files));
    let pool = Pool::start(load, sessions(settings.sessions)).await?;
    let info = ModelInfo { name, dimension: pool.dimension(), max_tokens };
    Ok(Arc::new(InProcess { info, pool, counter, query_prefix: "", passage_prefix: "" }))
}

/// A model on the threads of this process, wherever its files came from.
pub(super) struct InProcess {
    pub info: ModelInfo,
    pub pool: Pool,
    pub counter: TokenCounter,
    /// Some models are trained to be told which of the two a text is.
    pub query_prefix: &'static str,
    pub passage_prefix: &'static str,
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

/// The name to record, and the files.
fn find(settings: &LocalSettings) -> Result<(String, Files), EmbeddingError> {
    let named = settings.home.join("models").join(&settings.model);
    let folder = if named.is_dir() { named } else { PathBuf::from(&settings.model) };
    if !folder.is_dir() {
        return Err(EmbeddingError::Missing(settings.home.join("models").join(&settings.model)));
    }
    let wanted = |precision| settings.precision.is_none_or(|wanted| wanted == precision);
    let found = GRAPHS.iter().find(|(precision, file)| wanted(*precision) && folder.join(file).is_file());
    let Some((precision, graph)) = found else {
        let graph =
            GRAPHS.iter().find(|(precision, _)| wanted(*precision)).map_or("model.onnx", |(_, file)| file);
        return Err(EmbeddingError::Missing(folder.join(graph)));
    };
    let name =
        folder.file_name().map_or_else(|| settings.model.clone(), |name| name.to_string_lossy().into());
    let suffix = match precision {
        Precision::Fp32 => "fp32",
        Precision::Int8 => "int8",
    };
    let files = Files {
        graph: folder.join(graph),
        pooling: pooling(&folder)?,
        max_tokens: max_tokens(&folder),
        folder,
    };
    Ok((format!("{name}/{suffix}"), files))
}

/// As sentence-transformers writes it beside the model; mean where nothing is said.
fn pooling(folder: &Path) -> Result<Pooling, EmbeddingError> {
    let Some(config) = json(&folder.join("1_Pooling/config.json")) else { return Ok(Pooling::Mean) };
    let modes: Vec<&str> = config
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, value)| key.starts_with("pooling_mode_") && value.as_bool() == Some(true))
        .map(|(key, _)| key.as_str())
        .collect();
    match modes.as_slice() {
        [] | ["pooling_mode_mean_tokens"] => Ok(Pooling::Mean),
        ["pooling_mode_cls_token"] => Ok(Pooling::Cls),
        other => Err(EmbeddingError::Model {
            model: folder.display().to_string(),
            reason: format!("pooling by {} is not supported; mean and cls are", other.join(" and ")),
        }),
    }
}

/// The least of what the files say the model reads.
fn max_tokens(folder: &Path) -> usize {
    let said = [
        ("sentence_bert_config.json", "max_seq_length"),
        ("tokenizer_config.json", "model_max_length"),
        ("config.json", "max_position_embeddings"),
    ];
    let limits = said.iter().filter_map(|(file, key)| json(&folder.join(file))?.get(*key)?.as_u64());
    limits.min().and_then(|least| usize::try_from(least).ok()).unwrap_or(512)
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs_err::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, content).unwrap();
        }
        folder
    }

    fn found(
        folder: &tempfile::TempDir,
        precision: Option<Precision>,
    ) -> Result<(String, Files), EmbeddingError> {
        let mut settings = LocalSettings::new("/nowhere");
        settings.model = folder.path().display().to_string();
        settings.precision = precision;
        find(&settings)
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
        let error = find(&LocalSettings::new("/nowhere")).unwrap_err();
        assert!(error.to_string().starts_with("`/nowhere/models/all-MiniLM-L6-v2` is missing"), "{error}");
    }

    #[test]
    fn pooling_and_length_come_from_the_folder() {
        let cls = folder(&[
            (
                "1_Pooling/config.json",
                r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#,
            ),
            ("tokenizer_config.json", r#"{"model_max_length": 1000000000000000019884624838656}"#),
            ("config.json", r#"{"max_position_embeddings": 512}"#),
        ]);
        assert_eq!(pooling(cls.path()).unwrap(), Pooling::Cls);
        assert_eq!(max_tokens(cls.path()), 512);

        let plain = folder(&[("sentence_bert_config.json", r#"{"max_seq_length": 256}"#)]);
        assert_eq!(pooling(plain.path()).unwrap(), Pooling::Mean);
        assert_eq!(max_tokens(plain.path()), 256);

        let other = folder(&[("1_Pooling/config.json", r#"{"pooling_mode_lasttoken": true}"#)]);
        assert!(pooling(other.path()).is_err());
    }
}
