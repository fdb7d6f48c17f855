//! ONNX Runtime and fastembed: the only file that names them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use fastembed::{EmbeddingModel, ModelInfo, RerankInitOptions, TextEmbedding, TextInitOptions, TextRerank};
pub(super) use ort::environment::Environment;
use ort::session::builder::{GraphOptimizationLevel, PrepackedWeights};
use ort::value::{DynValue, Tensor};

use super::description::{Description, Pooling};
use super::pool::{Session, guarded};
use super::weights::{Matrix, Values, matrices};
use super::{EmbeddingError, Home, TokenCounter};

/// Threads that wait by spinning would take the cores from everybody else.
const NO_SPINNING: (&str, &str) = ("session.intra_op.allow_spinning", "0");
/// One session is one thread: more of them cost more than they give (they are many sessions instead).
const THREADS: usize = 1;
const IDS: &str = "input_ids";
const MASK: &str = "attention_mask";
const TYPES: &str = "token_type_ids";
/// What a graph may call the result, the best first.
const VECTORS: &[&str] = &["text_embeds", "sentence_embedding", "last_hidden_state", "token_embeddings"];
const LOGITS: &[&str] = &["logits"];

/// The files of one exported model.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub graph: PathBuf,
    pub description: Description,
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

/// What all sessions of a model have in common, held once.
pub(super) struct Shared {
    environment: Environment,
    files: Files,
    counter: Arc<TokenCounter>,
    matrices: Vec<(String, Arc<DynValue>)>,
    /// The matrices in the form that ONNX Runtime multiplies with; filled by the first session.
    packed: PrepackedWeights,
}

/// Reads what the sessions of this model will share.
pub(super) fn share(
    environment: &Environment,
    files: &Files,
    counter: &Arc<TokenCounter>,
) -> Result<Shared, EmbeddingError> {
    let read =
        matrices(&files.graph).map_err(|source| EmbeddingError::Io { path: files.graph.clone(), source })?;
    guarded(|| {
        let given = |matrix: Matrix| {
            let Matrix { name, shape, values } = matrix;
            let value = match values {
                Values::Floats(values) => Tensor::from_array((shape, values)).map(Tensor::into_dyn),
                Values::Signed(values) => Tensor::from_array((shape, values)).map(Tensor::into_dyn),
                Values::Unsigned(values) => Tensor::from_array((shape, values)).map(Tensor::into_dyn),
            };
            value.map(|value| (name, Arc::new(value))).map_err(|error| broken(files, &error))
        };
        Ok(Shared {
            environment: environment.clone(),
            files: files.clone(),
            counter: Arc::clone(counter),
            matrices: read.into_iter().map(given).collect::<Result<_, _>>()?,
            packed: PrepackedWeights::new(),
        })
    })
}

impl Shared {
    /// One more session: its own are only the values of the text that it is at.
    pub(super) fn session(&self) -> Result<Box<dyn Session>, EmbeddingError> {
        let Description { pooling, max_tokens, .. } = self.files.description;
        let counter = Arc::clone(&self.counter);
        Ok(Box::new(LocalSession { ready: self.ready(VECTORS)?, counter, pooling, max_tokens }))
    }

    /// The same for a graph that judges pairs.
    pub(super) fn judge(&self) -> Result<Judge, EmbeddingError> {
        let (counter, limit) = (Arc::clone(&self.counter), self.files.description.max_tokens);
        Ok(Judge(Judging::Local { ready: self.ready(LOGITS)?, counter, limit }))
    }

    /// A session whose result has the first of the names that the graph knows.
    fn ready(&self, results: &[&str]) -> Result<Ready, EmbeddingError> {
        let failed = |error: &dyn std::error::Error| broken(&self.files, error);
        let mut builder =
            ort::session::Session::builder(&self.environment).map_err(|error| failed(&error))?;
        let level = GraphOptimizationLevel::Level3;
        builder = builder.with_optimization_level(level).map_err(|error| failed(&error))?;
        builder = builder.with_intra_threads(THREADS).map_err(|error| failed(&error))?;
        let (name, value) = NO_SPINNING;
        builder = builder.with_config_entry(name, value).map_err(|error| failed(&error))?;
        // Texts have all lengths: a plan for each would only take memory.
        builder = builder.with_memory_pattern(false).map_err(|error| failed(&error))?;
        builder = builder.with_prepacked_weights(&self.packed).map_err(|error| failed(&error))?;
        for (name, matrix) in &self.matrices {
            builder = builder.with_initializer(name, Arc::clone(matrix)).map_err(|error| failed(&error))?;
        }
        // By its path: weights beside the graph are mapped into memory and not read.
        let session = builder.commit_from_file(&self.files.graph).map_err(|error| failed(&error))?;
        let wants_types = session.inputs().iter().any(|input| input.name() == TYPES);
        let names: Vec<&str> = session.outputs().iter().map(ort::value::Outlet::name).collect();
        let named = results.iter().find(|name| names.contains(name)).or_else(|| names.first());
        let output = named.ok_or_else(|| failed(&NoOutput))?.to_string();
        Ok(Ready { session, wants_types, output })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the graph gives nothing")]
struct NoOutput;

fn broken(files: &Files, error: &dyn std::error::Error) -> EmbeddingError {
    EmbeddingError::Model { model: files.graph.display().to_string(), reason: error.to_string() }
}

/// A loaded graph of the BERT kind.
struct Ready {
    session: ort::session::Session,
    wants_types: bool,
    output: String,
}

impl Ready {
    /// Hands the result for one text, its shape and its values, to `read`.
    fn run<T>(
        &mut self,
        ids: Vec<i64>,
        types: Vec<i64>,
        read: impl FnOnce(&[i64], &[f32]) -> Option<T>,
    ) -> Result<T, EmbeddingError> {
        let failed = |error: ort::Error| EmbeddingError::Inference(error.to_string());
        let tensor = |values: Vec<i64>| Tensor::from_array(([1, values.len()], values)).map_err(failed);
        let ones = vec![1; ids.len()];
        let mut inputs = ort::inputs![IDS => tensor(ids)?, MASK => tensor(ones)?];
        if self.wants_types {
            inputs.push((TYPES.into(), tensor(types)?.into()));
        }
        let outputs = self.session.run(inputs).map_err(failed)?;
        let found = outputs
            .get(self.output.as_str())
            .ok_or_else(|| EmbeddingError::Inference(format!("`{}` did not come back", self.output)))?;
        let (shape, values) = found.try_extract_tensor::<f32>().map_err(failed)?;
        read(shape, values).ok_or_else(|| {
            EmbeddingError::Inference(format!("a result of the shape {shape:?} is not what is expected"))
        })
    }
}

/// One text at a time: with int8 a vector depends on what else is in the batch, and it is faster too.
struct LocalSession {
    ready: Ready,
    counter: Arc<TokenCounter>,
    pooling: Pooling,
    max_tokens: usize,
}

impl Session for LocalSession {
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        let ids = self.counter.ids(text, self.max_tokens)?;
        let types = vec![0; ids.len()];
        self.ready.run(ids, types, |shape, values| match *shape {
            // The graph has pooled already.
            [1, _] => Some(values.to_vec()),
            [1, _, width] if width > 0 => Some(pooled(values, usize::try_from(width).ok()?, self.pooling)),
            _ => None,
        })
    }
}

/// A loaded cross-encoder.
pub(super) struct Judge(Judging);

enum Judging {
    Local { ready: Ready, counter: Arc<TokenCounter>, limit: usize },
    Hub(Box<TextRerank>),
}

impl Judge {
    /// The higher, the better the passage answers; no bounds.
    pub(super) fn score(&mut self, query: &str, passage: &str) -> Result<f32, EmbeddingError> {
        match &mut self.0 {
            Judging::Local { ready, counter, limit } => {
                let (ids, types) = counter.pair(query, passage, *limit)?;
                ready.run(ids, types, |_, values| match values {
                    [score] => Some(*score),
                    [no, yes] => Some(yes - no),
                    _ => None,
                })
            }
            Judging::Hub(model) => {
                let results =
                    model.rerank(query, [passage], false, Some(1)).map_err(|error| inference(&error))?;
                let first = results.first().map(|result| result.score);
                first.ok_or_else(|| EmbeddingError::Inference("no score came back".to_owned()))
            }
        }
    }

    /// A cross-encoder that fastembed knows, by its name or the hub's, downloaded if it is not in the cache yet.
    pub(super) fn download(
        environment: &Environment,
        name: &str,
        cache: &Path,
    ) -> Result<Self, EmbeddingError> {
        let known = TextRerank::list_supported_models();
        let is = |info: &&fastembed::RerankerModelInfo| {
            info.model_code.eq_ignore_ascii_case(name)
                || format!("{:?}", info.model).eq_ignore_ascii_case(name)
        };
        let Some(model) = known.iter().find(is) else {
            let names: Vec<String> = known.iter().map(|info| format!("{:?}", info.model)).collect();
            return Err(EmbeddingError::UnknownModel { model: name.to_owned(), known: names.join(", ") });
        };
        let mut options = RerankInitOptions::new(model.model.clone())
            .with_cache_dir(cache.to_owned())
            .with_show_download_progress(false)
            .with_intra_threads(THREADS)
            .with_session_config(NO_SPINNING.0, NO_SPINNING.1);
        options.environment = Some(environment.clone());
        let loaded = TextRerank::try_new(options).map_err(|error| not_loaded(name, &error))?;
        Ok(Self(Judging::Hub(Box::new(loaded))))
    }
}

/// Rows become one; nothing is padded, so that every row counts.
fn pooled(values: &[f32], width: usize, pooling: Pooling) -> Vec<f32> {
    let mut rows = values.chunks_exact(width);
    let mut vector = rows.next().map(<[f32]>::to_vec).unwrap_or_default();
    if pooling == Pooling::Mean {
        let mut count = 1.0;
        for row in rows {
            vector.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
            count += 1.0;
        }
        vector.iter_mut().for_each(|sum| *sum /= count);
    }
    vector
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
