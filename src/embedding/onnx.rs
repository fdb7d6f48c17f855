//! ONNX Runtime and fastembed: the only file that names them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use fastembed::{
    EmbeddingModel, InitOptionsUserDefined, ModelInfo, TextEmbedding, TextInitOptions, TokenizerFiles,
    UserDefinedEmbeddingModel,
};
use ort::environment::Environment;

use super::pool::{Session, guarded};
use super::{EmbeddingError, Home};

/// Threads that wait by spinning would take the cores from everybody else.
const NO_SPINNING: (&str, &str) = ("session.intra_op.allow_spinning", "0");
/// One session is one thread: more of them cost more than they give (they are many sessions instead).
const THREADS: usize = 1;

/// How token vectors become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pooling {
    /// The first token speaks for all.
    Cls,
    Mean,
}

/// The files of one exported model.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub folder: PathBuf,
    pub graph: PathBuf,
    pub pooling: Pooling,
    pub max_tokens: usize,
}

/// A model that fastembed can download.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// fastembed's own name.
    pub name: String,
    /// The hub's name.
    pub code: String,
    model: EmbeddingModel,
}

/// Loads the shared library, once for the process; the first that loads stays.
pub(super) fn start(home: &Home) -> Result<Environment, EmbeddingError> {
    static STARTED: Mutex<Option<Environment>> = Mutex::new(None);
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = &*started {
        return Ok(environment.clone());
    }
    let library = home.library("onnxruntime")?;
    // Inputs come one by one; a pool of threads for batches would run them at the wrong priority.
    tokenizers::utils::parallelism::set_parallelism(false);
    let environment = guarded(|| {
        let failed = |error: &dyn std::error::Error| EmbeddingError::Runtime(error.to_string());
        let builder = ort::init_from(&library).map_err(|error| failed(&error))?;
        builder.with_name("docent").with_telemetry(false).build().map_err(|error| failed(&error))
    })?;
    Ok(started.insert(environment).clone())
}

/// A session for the model in these files.
pub(super) fn load(environment: &Environment, files: &Files) -> Result<Box<dyn Session>, EmbeddingError> {
    let read = |path: PathBuf| fs_err::read(&path).map_err(|source| EmbeddingError::Io { path, source });
    let tokenizer = TokenizerFiles {
        tokenizer_file: read(files.folder.join("tokenizer.json"))?,
        config_file: read(files.folder.join("config.json"))?,
        special_tokens_map_file: fs_err::read(files.folder.join("special_tokens_map.json"))
            .unwrap_or_else(|_| b"{}".to_vec()),
        tokenizer_config_file: read(files.folder.join("tokenizer_config.json"))?,
    };
    let mut model = UserDefinedEmbeddingModel::new(read(files.graph.clone())?, tokenizer)
        .with_pooling(files.pooling.into());
    // Graphs over 2 GB keep their weights in a second file.
    let external = files.graph.with_extension("onnx_data");
    if let Some(file_name) = external.file_name().filter(|_| external.is_file()) {
        let file_name = file_name.to_string_lossy().into_owned();
        model = model.with_external_initializer(file_name, read(external)?);
    }
    let options = InitOptionsUserDefined::new()
        .with_environment(environment.clone())
        .with_max_length(files.max_tokens)
        .with_intra_threads(THREADS)
        .with_session_config(NO_SPINNING.0, NO_SPINNING.1);
    let session = TextEmbedding::try_new_from_user_defined(model, options)
        .map_err(|error| not_loaded(&files.graph.display().to_string(), &error))?;
    Ok(Box::new(session))
}

/// Every model that can be named, alphabetically.
pub(super) fn known() -> Vec<Known> {
    let name = |info: ModelInfo<EmbeddingModel>| Known {
        name: format!("{:?}", info.model),
        code: info.model_code,
        model: info.model,
    };
    let mut known: Vec<_> = TextEmbedding::list_supported_models().into_iter().map(name).collect();
    known.sort_by(|a, b| a.name.cmp(&b.name));
    known
}

/// A session for a model of the hub, downloaded if it is not in the cache yet.
pub(super) fn download(
    environment: &Environment,
    model: &Known,
    cache: &Path,
) -> Result<TextEmbedding, EmbeddingError> {
    let mut options = TextInitOptions::new(model.model.clone())
        .with_cache_dir(cache.to_owned())
        .with_show_download_progress(false)
        .with_intra_threads(THREADS)
        .with_session_config(NO_SPINNING.0, NO_SPINNING.1);
    options.environment = Some(environment.clone());
    TextEmbedding::try_new(options).map_err(|error| not_loaded(&model.name, &error))
}

/// What a downloaded model reads at most, and its tokenizer, as JSON.
pub(super) fn tokenizer_of(session: &TextEmbedding) -> Result<(usize, String), EmbeddingError> {
    let max_tokens = session.tokenizer.get_truncation().map_or(512, |truncation| truncation.max_length);
    let json = session.tokenizer.to_string(false);
    Ok((max_tokens, json.map_err(|error| EmbeddingError::Tokenise(error.to_string()))?))
}

impl Session for TextEmbedding {
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        // One text at a time: with int8 a vector depends on what else is in the batch, and it is faster too.
        let mut vectors = Self::embed(self, [text], Some(1)).map_err(|error| inference(&error))?;
        vectors.pop().ok_or_else(|| EmbeddingError::Inference("no vector came back".to_owned()))
    }
}

impl From<Pooling> for fastembed::Pooling {
    fn from(pooling: Pooling) -> Self {
        match pooling {
            Pooling::Cls => Self::Cls,
            Pooling::Mean => Self::Mean,
        }
    }
}

fn inference(error: &fastembed::Error) -> EmbeddingError {
    EmbeddingError::Inference(error.to_string())
}

fn not_loaded(model: &str, error: &fastembed::Error) -> EmbeddingError {
    let mut reason = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        reason = format!("{reason}: {cause}");
        next = cause.source();
    }
    EmbeddingError::Model { model: model.to_owned(), reason }
}
