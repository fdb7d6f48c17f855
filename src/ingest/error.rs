//! What can end a reading.

use docent_blobs::BlobError;
use docent_domain::{Code, Coded};
use docent_embedding::EmbeddingError;
use docent_extract::ExtractError;
use docent_store::StoreError;
use docent_vectors::VectorError;

#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error(transparent)]
    Extract(#[from] ExtractError),
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),
    #[error(transparent)]
    Index(#[from] VectorError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blob(#[from] BlobError),
    #[error("no text was found: {0}")]
    NoText(String),
    #[error("`{0}` files cannot be read by this version")]
    UnknownFormat(String),
    /// Somebody asked for it: see the run for who and why.
    #[error("stopped")]
    Stopped,
    /// Somebody else has taken the run over.
    #[error("the run was taken over by another worker")]
    Lost,
    #[error("a step of the reading broke down: {0}")]
    Broken(String),
    #[error("planned")]
    Planned { outage: bool },
}

impl Coded for IngestError {
    fn code(&self) -> Code {
        match self {
            Self::Extract(error) => error.code(),
            Self::Embedding(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Blob(error) => error.code(),
            Self::NoText(_) => Code::NoText,
            Self::UnknownFormat(_) => Code::UnsupportedFileType,
            Self::Stopped => Code::Cancelled,
            Self::Lost => Code::Interrupted,
            Self::Planned { outage: true } => Code::EmbeddingUnavailable,
            Self::Broken(_) | Self::Planned { outage: false } => Code::Internal,
        }
    }

    fn public_detail(&self) -> Option<String> {
        match self {
            Self::Extract(error) => error.public_detail(),
            Self::Embedding(error) => error.public_detail(),
            Self::Index(error) => error.public_detail(),
            Self::Store(error) => error.public_detail(),
            Self::Blob(error) => error.public_detail(),
            _ => (self.code().status() < 500).then(|| self.to_string()),
        }
    }
}
