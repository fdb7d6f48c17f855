//! Originals: files as they were uploaded, under names of our own making.
//!
//! A blob is written once and never changed. A name is random and says nothing about its content, so that nobody
//! learns from it what another project holds. Whatever the database does not name is swept.

mod folder;
mod object;
mod registry;

use std::fs::File;
use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;

use docent_domain::{Code, Coded};

pub use folder::FolderBlobs;
pub use object::{ObjectBlobs, ObjectSettings};
pub use registry::{AddressError, BlobSettings, Place, open};

/// Storage for originals.
#[async_trait]
pub trait Blobs: Send + Sync + 'static {
    /// Starts a new blob. Nothing of it stays unless [`BlobWriter::finish`] is reached.
    async fn begin(&self) -> Result<Box<dyn BlobWriter>, BlobError>;

    /// The bytes of `range` (which must lie within the blob), piece by piece.
    async fn read(
        &self,
        key: &BlobKey,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>, BlobError>;

    /// A file on this machine with the blob's content, for as long as the answer is held.
    async fn local(&self, key: &BlobKey) -> Result<LocalBlob, BlobError>;

    /// Whether there is such a blob, without fetching it.
    async fn is_there(&self, key: &BlobKey) -> Result<bool, BlobError>;

    /// Forgets the blob; one that is gone already is no error.
    async fn remove(&self, key: &BlobKey) -> Result<(), BlobError>;

    /// Every blob older than `age` by the storage's own clock, and removes what broken uploads of that age left behind.
    /// Uploads under way show a sign of life every ten minutes: an age below that may hit them.
    async fn older_than(&self, age: Duration) -> Result<Vec<BlobKey>, BlobError>;

    /// Whether the storage answers; for readiness.
    async fn check(&self) -> Result<(), BlobError>;
}

/// A blob being written.
#[async_trait]
pub trait BlobWriter: Send {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError>;

    /// How many bytes were written so far.
    fn size(&self) -> u64;

    /// Makes it durable and gives it its name.
    async fn finish(self: Box<Self>) -> Result<StoredBlob, BlobError>;
}

/// The name of a blob: 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobKey(String);

impl BlobKey {
    fn random() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    /// Reads a stored name. Anything that could be a path is none.
    pub fn parse(text: &str) -> Result<Self, BlobError> {
        let valid = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if valid { Ok(Self(text.to_owned())) } else { Err(BlobError::Name) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A finished blob and what was learnt while writing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    pub key: BlobKey,
    /// Lower-case hexadecimal SHA-256 of the content.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// A blob as an open file, at its beginning. A copy made for this has no name any more: it goes when it is closed,
/// whatever ends this process.
#[derive(Debug)]
pub struct LocalBlob {
    file: File,
}

impl LocalBlob {
    pub fn into_file(self) -> File {
        self.file
    }
}

#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("the storage for files has no room left")]
    Full(#[source] std::io::Error),
    #[error("the stored file is gone")]
    Missing,
    #[error("that is no name of a stored file")]
    Name,
    #[error("the storage for files cannot be used")]
    Io(#[source] std::io::Error),
    #[error("the storage for files cannot be reached: {0}")]
    Unavailable(String),
}

impl BlobError {
    /// Of a folder of ours: when that is not found, no blob is missing, the whole storage is.
    fn of_folder(error: std::io::Error) -> Self {
        match Self::from(error) {
            Self::Missing => Self::Io(std::io::ErrorKind::NotFound.into()),
            other => other,
        }
    }
}

impl From<std::io::Error> for BlobError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full(error),
            _ => Self::Io(error),
        }
    }
}

impl Coded for BlobError {
    fn code(&self) -> Code {
        match self {
            Self::Full(_) => Code::DiskFull,
            Self::Missing | Self::Name => Code::Internal,
            Self::Io(_) | Self::Unavailable(_) => Code::StorageUnavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_paths() {
        assert!(BlobKey::parse(BlobKey::random().as_str()).is_ok());
        for bad in [
            "",
            "..",
            "../../etc/passwd",
            "0123456789abcdef0123456789abcde/",
            "ABCDEF0123456789ABCDEF0123456789",
        ] {
            assert!(BlobKey::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_full_disk_is_told_apart() {
        let error = BlobError::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
        assert_eq!(error.code(), Code::DiskFull);
    }
}
