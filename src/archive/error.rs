//! Why an archive is not written, or not taken.

use docent_blobs::BlobError;
use docent_domain::fault::FieldError;
use docent_domain::{Code, Coded};
use docent_extract::ExtractError;
use docent_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is something else.
    #[error("this is no export of a project: {0}")]
    Foreign(String),
    #[error("the archive has version {0}, this server reads version {known}; update the server", known = super::text::VERSION)]
    Version(i64),
    /// It cannot be read as what it says it is.
    #[error("the archive is damaged: {0}")]
    Damaged(String),
    /// Its text is not what it should be.
    #[error("`{part}`: {message}")]
    Content { part: String, message: String },
    /// It asks for more than it may.
    #[error("the archive asks for more than the limits allow: {0}")]
    Limit(String),
    /// One that was to be exported.
    #[error("`{filename}`: {source}; or delete the document, and export then")]
    Unsound {
        filename: String,
        #[source]
        source: BlobError,
    },
    #[error("`{part}`: {source}")]
    Original {
        part: String,
        #[source]
        source: ExtractError,
    },
    /// Who exports may not any more.
    #[error("the project is gone, or you have no access to it any more")]
    Gone,
    #[error(
        "the project was deleted while it was imported; restore it and run the job again, or import anew"
    )]
    Deleted,
    /// Another worker goes on with it.
    #[error("this import has been taken over")]
    Lost,
    #[error("the import was stopped")]
    Stopped,
    #[error("the archive could not be read")]
    Io(#[source] std::io::Error),
    #[error("part of the work broke down")]
    Broken(#[source] tokio::task::JoinError),
    #[error(transparent)]
    Blob(#[from] BlobError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ArchiveError {
    pub(super) fn content(part: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Content { part: part.into(), message: message.into() }
    }
}

/// What reading a file says: damage is the file's fault, the rest is ours.
impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof, Unsupported};
        match error.kind() {
            InvalidData | InvalidInput | Other | UnexpectedEof | Unsupported => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Io(error),
        }
    }
}

impl From<zip::result::ZipError> for ArchiveError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => error.into(),
            error => Self::Damaged(error.to_string()),
        }
    }
}

impl Coded for ArchiveError {
    fn code(&self) -> Code {
        match self {
            Self::Foreign(_) | Self::Version(_) => Code::BadRequest,
            Self::Damaged(_) => Code::CorruptDocument,
            Self::Content { .. } => Code::InvalidPayload,
            Self::Limit(_) => Code::ExtractionLimit,
            Self::Original { source, .. } => source.code(),
            Self::Unsound { source, .. } => source.code(),
            Self::Gone => Code::NotFound,
            Self::Deleted => Code::Conflict,
            Self::Lost | Self::Stopped => Code::Interrupted,
            Self::Io(_) => Code::StorageUnavailable,
            Self::Broken(_) => Code::Internal,
            Self::Blob(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Content { part, message } => vec![FieldError::new(part, message)],
            _ => Vec::new(),
        }
    }
}
