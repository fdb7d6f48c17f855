//! Originals: files as they were uploaded, under names of our own making.
//!
//! A blob is written once and never changed. A name is random and says nothing about its content, so that nobody
//! learns from it what another project holds. Whatever the database does not name is swept.

mod folder;
mod object;
mod registry;
mod room;

use std::fs::File;
use std::io::{Read, Seek};
use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use sha2::{Digest, Sha256};

use docent_domain::{Code, Coded};

pub use folder::FolderBlobs;
pub use object::{ObjectBlobs, ObjectSettings};
pub use registry::{AddressError, BlobSettings, Place, open};
pub use room::{Room, RoomState};

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

    /// Whether a reader would get exactly what was stored: its size, and where the bytes lie with us its hash, too. An
    /// error that says what is wrong if not.
    async fn verify(&self, key: &BlobKey, expected: &Expected) -> Result<(), BlobError>;

    /// Whether there is such a blob, without fetching it.
    async fn is_there(&self, key: &BlobKey) -> Result<bool, BlobError>;

    /// Forgets the blob; one that is gone already is no error.
    async fn remove(&self, key: &BlobKey) -> Result<(), BlobError>;

    /// Removes what uploads left behind that have written nothing for so long, where that can be told; storage that
    /// cannot tell so soon does it in [`Self::older_than`].
    async fn clear_broken(&self, _silence: Duration) -> Result<(), BlobError> {
        Ok(())
    }

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

/// What was learnt of a blob when it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Lower-case hexadecimal SHA-256 of the content.
    pub sha256: String,
    pub size: u64,
}

impl Expected {
    /// Reads a file from its beginning, which is where it stands afterwards. Blocks.
    pub fn compare(&self, mut file: &File) -> Result<(), BlobError> {
        self.compare_size(file.metadata()?.len())?;
        file.rewind()?;
        let mut hash = Sha256::new();
        let mut block = vec![0; 1 << 18];
        loop {
            match file.read(&mut block)? {
                0 => break,
                read => hash.update(&block[..read]),
            }
        }
        file.rewind()?;
        if hex::encode(hash.finalize()) == self.sha256 {
            return Ok(());
        }
        Err(BlobError::Damaged("its content is another one".to_owned()))
    }

    fn compare_size(&self, found: u64) -> Result<(), BlobError> {
        if found == self.size {
            return Ok(());
        }
        Err(BlobError::Damaged(format!("{found} of {} bytes", self.size)))
    }
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
    #[error("the stored file is gone from the storage; upload it again")]
    Missing,
    #[error("the stored file was changed or cut in the storage ({0}); upload it again")]
    Damaged(String),
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
            Self::Missing => Code::OriginalMissing,
            Self::Damaged(_) => Code::OriginalDamaged,
            Self::Name => Code::Internal,
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
