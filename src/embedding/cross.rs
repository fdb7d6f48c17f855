//! Cross-encoders: models that read a question and a passage together. They stand here because a process has one ONNX
//! Runtime, and they share its care for memory; what is done with their scores is the reranking crate's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::description::Description;
use super::local::graph_in;
use super::onnx::{self, Environment, Files, Judge, Shared};
use super::{EmbeddingError, Home, TokenCounter};

/// Which one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CrossEncoderModel {
    /// A folder with a graph and `tokenizer.json`, or its name under `models` of the home folder.
    Folder(PathBuf),
    /// One that fastembed knows, downloaded into `cache`.
    Hub { name: String, cache: PathBuf },
}

/// A model of which sessions can be had; what they can share they share.
pub struct CrossEncoders {
    name: String,
    kind: Kind,
}

enum Kind {
    Folder(Box<Shared>),
    Hub { environment: Environment, name: String, cache: PathBuf },
}

impl CrossEncoders {
    /// Blocks while files are read.
    pub fn open(home: &Path, model: &CrossEncoderModel) -> Result<Self, EmbeddingError> {
        let environment = onnx::start(&Home::open(home)?)?;
        match model {
            CrossEncoderModel::Folder(folder) => {
                let named = home.join("models").join(folder);
                let folder = if named.is_dir() { named } else { folder.clone() };
                let graph = graph_in(&folder, None)?.1;
                let path = folder.join("tokenizer.json");
                let json = fs_err::read(&path).map_err(|source| EmbeddingError::Io { path, source })?;
                let counter = Arc::new(TokenCounter::from_json(&json)?);
                let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
                let files = Files { graph, description: Description::of(&folder)? };
                let shared = onnx::share(&environment, &files, &counter)?;
                Ok(Self { name, kind: Kind::Folder(Box::new(shared)) })
            }
            CrossEncoderModel::Hub { name, cache } => {
                let kind = Kind::Hub { environment, name: name.clone(), cache: cache.clone() };
                Ok(Self { name: name.clone(), kind })
            }
        }
    }

    /// For logs and traces.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One more session. Blocks; the first of a model of the hub downloads it.
    pub fn session(&self) -> Result<CrossEncoder, EmbeddingError> {
        let judge = match &self.kind {
            Kind::Folder(shared) => shared.judge()?,
            Kind::Hub { environment, name, cache } => Judge::download(environment, name, cache)?,
        };
        Ok(CrossEncoder(judge))
    }
}

/// A loaded cross-encoder. Used by one thread at a time.
pub struct CrossEncoder(Judge);

impl CrossEncoder {
    /// How well the passage answers: the higher the better, without bounds.
    pub fn score(&mut self, query: &str, passage: &str) -> Result<f32, EmbeddingError> {
        self.0.score(query, passage)
    }
}
