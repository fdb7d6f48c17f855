//! Blobs in a folder: `incoming/` holds what is being written, `blobs/ab/abcd…` what is finished.

use std::collections::HashMap;
use std::io::{ErrorKind, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use bytes::Bytes;
use fs_err::tokio::{self as fs, File};
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio::time::Instant;
use tokio_util::io::ReaderStream;

use super::{BlobError, BlobKey, BlobWriter, Blobs, Expected, LocalBlob, StoredBlob};

/// How much of a file is read at once.
const PIECE: usize = 64 * 1024;

/// Originals as files of this machine, or of a folder that several machines share.
#[derive(Debug, Clone)]
pub struct FolderBlobs {
    root: PathBuf,
    /// Files whose content was compared, as they were then.
    known: Arc<Mutex<HashMap<BlobKey, (Seen, Instant)>>>,
}

/// Files whose comparison is remembered: parts of the same file are asked for many times.
const KNOWN: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    size: u64,
    /// When the system last noted a change, in seconds and nanoseconds: it cannot be set, as the time of writing can.
    changed: (i64, i64),
    sha256: String,
}

/// How long a comparison is believed: a disk that loses bits changes no times.
const BELIEVED: Duration = Duration::from_secs(600);

fn changed(meta: &std::fs::Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;

    (meta.ctime(), meta.ctime_nsec())
}

impl FolderBlobs {
    /// Makes the folder if it is missing.
    pub async fn open(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let blobs = Self { root: root.into(), known: Arc::default() };
        fs::create_dir_all(blobs.incoming()).await?;
        fs::create_dir_all(blobs.finished()).await?;
        Ok(blobs)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<BlobKey, (Seen, Instant)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    fn finished(&self) -> PathBuf {
        self.root.join("blobs")
    }

    fn path(&self, key: &BlobKey) -> PathBuf {
        self.finished().join(&key.as_str()[..2]).join(key.as_str())
    }

    async fn file(&self, key: &BlobKey) -> Result<File, BlobError> {
        match File::open(self.path(key)).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Err(self.missing().await),
            opened => Ok(opened?),
        }
    }

    /// A shared folder that is not mounted has no blobs either, but they are not gone.
    async fn missing(&self) -> BlobError {
        match fs::metadata(self.finished()).await {
            Ok(_) => BlobError::Missing,
            Err(error) => BlobError::Io(error),
        }
    }

    /// What the clock says that dates the files: a shared folder's is another machine's.
    async fn now(&self) -> Result<SystemTime, BlobError> {
        let probe =
            Unfinished { path: self.incoming().join(format!("clock-{}", BlobKey::random().as_str())) };
        let file = File::create_new(&probe.path).await.map_err(BlobError::of_folder)?;
        Ok(file.metadata().await?.modified()?)
    }
}

#[async_trait]
impl Blobs for FolderBlobs {
    async fn begin(&self) -> Result<Box<dyn BlobWriter>, BlobError> {
        let key = BlobKey::random();
        let unfinished = Unfinished { path: self.incoming().join(key.as_str()) };
        let file = File::create_new(&unfinished.path).await.map_err(BlobError::of_folder)?;
        Ok(Box::new(FileWriter {
            file,
            hash: Sha256::new(),
            size: 0,
            target: self.path(&key),
            key,
            unfinished,
        }))
    }

    async fn read(
        &self,
        key: &BlobKey,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>, BlobError> {
        let mut file = self.file(key).await?;
        file.seek(SeekFrom::Start(range.start)).await?;
        let wanted = file.take(range.end.saturating_sub(range.start));
        Ok(ReaderStream::with_capacity(wanted, PIECE).map_err(BlobError::from).boxed())
    }

    async fn local(&self, key: &BlobKey) -> Result<LocalBlob, BlobError> {
        Ok(LocalBlob { file: self.file(key).await?.into_std().await.into_parts().0 })
    }

    async fn verify(&self, key: &BlobKey, expected: &Expected) -> Result<(), BlobError> {
        let file = self.file(key).await?.into_std().await.into_parts().0;
        let meta = file.metadata()?;
        let seen = Seen { size: meta.len(), changed: changed(&meta), sha256: expected.sha256.clone() };
        let known = self.known().get(key).cloned();
        if known.is_some_and(|(known, at)| known == seen && at.elapsed() < BELIEVED) {
            return Ok(());
        }
        let expected = expected.clone();
        let compared = tokio::task::spawn_blocking(move || expected.compare(&file)).await;
        compared.map_err(|error| BlobError::Io(std::io::Error::other(error)))??;
        let mut known = self.known();
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(key.clone(), (seen, Instant::now()));
        Ok(())
    }

    async fn is_there(&self, key: &BlobKey) -> Result<bool, BlobError> {
        match self.file(key).await {
            Ok(_) => Ok(true),
            Err(BlobError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn remove(&self, key: &BlobKey) -> Result<(), BlobError> {
        match fs::remove_file(self.path(key)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    async fn clear_broken(&self, silence: Duration) -> Result<(), BlobError> {
        let now = self.now().await?;
        for path in old_files(&self.incoming(), now, silence).await? {
            remove_quietly(&path).await;
        }
        Ok(())
    }

    async fn older_than(&self, age: Duration) -> Result<Vec<BlobKey>, BlobError> {
        self.clear_broken(age).await?;
        let now = self.now().await?;
        let mut found = Vec::new();
        let mut shelves = fs::read_dir(self.finished()).await?;
        while let Some(shelf) = shelves.next_entry().await? {
            let files = old_files(&shelf.path(), now, age).await?;
            let names = files.iter().filter_map(|path| path.file_name()?.to_str());
            found.extend(names.filter_map(|name| BlobKey::parse(name).ok()));
        }
        Ok(found)
    }

    async fn check(&self) -> Result<(), BlobError> {
        fs::metadata(self.finished()).await.map(drop).map_err(BlobError::Io)
    }
}

/// Files of a folder that were last written `age` before `now`, or longer ago.
async fn old_files(folder: &Path, now: SystemTime, age: Duration) -> Result<Vec<PathBuf>, BlobError> {
    let mut old = Vec::new();
    let mut entries = fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        // A file that vanishes meanwhile is somebody else's work done.
        let Ok(meta) = entry.metadata().await else { continue };
        let written = meta.modified()?;
        if meta.is_file() && now.duration_since(written).is_ok_and(|passed| passed >= age) {
            old.push(entry.path());
        }
    }
    Ok(old)
}

async fn remove_quietly(path: &Path) {
    if let Err(error) = fs::remove_file(path).await {
        tracing::warn!(%error, "Could not remove what a broken upload left behind");
    }
}

struct FileWriter {
    file: File,
    hash: Sha256,
    size: u64,
    key: BlobKey,
    target: PathBuf,
    unfinished: Unfinished,
}

#[async_trait]
impl BlobWriter for FileWriter {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        self.hash.update(bytes);
        self.file.write_all(bytes).await?;
        self.size += bytes.len() as u64;
        Ok(())
    }

    fn size(&self) -> u64 {
        self.size
    }

    async fn finish(mut self: Box<Self>) -> Result<StoredBlob, BlobError> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        if let Some(shelf) = self.target.parent() {
            fs::create_dir_all(shelf).await?;
        }
        fs::rename(&self.unfinished.path, &self.target).await?;
        let sha256 = hex::encode(self.hash.finalize());
        Ok(StoredBlob { key: self.key, sha256, size: self.size })
    }
}

/// Removes the file when dropped; after the rename there is none by that name any more.
struct Unfinished {
    path: PathBuf,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing can be done about a failure here: the sweep of old files comes back to it.
        drop(fs_err::remove_file(&self.path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_upload_that_breaks_off_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = FolderBlobs::open(folder.path()).await.unwrap();
        let mut writer = blobs.begin().await.unwrap();
        writer.write(b"half of").await.unwrap();
        drop(writer);
        assert_eq!(fs_err::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn what_a_killed_process_was_writing_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = FolderBlobs::open(folder.path()).await.unwrap();
        let left = folder.path().join("incoming").join(BlobKey::random().as_str());
        fs_err::write(&left, b"half of").unwrap();
        blobs.clear_broken(Duration::from_secs(3600)).await.unwrap();
        assert!(left.exists());
        blobs.clear_broken(Duration::ZERO).await.unwrap();
        assert!(!left.exists());
    }

    #[tokio::test]
    async fn a_file_that_was_cut_or_changed_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = FolderBlobs::open(folder.path()).await.unwrap();
        let mut writer = blobs.begin().await.unwrap();
        writer.write(b"as it was uploaded").await.unwrap();
        let StoredBlob { key, sha256, size } = writer.finish().await.unwrap();
        let expected = Expected { sha256, size };
        blobs.verify(&key, &expected).await.unwrap();
        blobs.verify(&key, &expected).await.unwrap();
        let path = blobs.path(&key);
        for content in [&b"as it was uploadeD"[..], b"as it was", b"", b"as it was uploaded and more"] {
            // Another time than before, however coarse the clock is.
            tokio::time::sleep(Duration::from_millis(20)).await;
            fs_err::write(&path, content).unwrap();
            let found = blobs.verify(&key, &expected).await;
            assert!(matches!(found, Err(BlobError::Damaged(_))), "{content:?}: {found:?}");
        }
        fs_err::remove_file(&path).unwrap();
        assert!(matches!(blobs.verify(&key, &expected).await, Err(BlobError::Missing)));
    }

    #[tokio::test]
    async fn a_folder_that_is_away_is_an_outage_and_no_loss() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("mounted");
        let blobs = FolderBlobs::open(&root).await.unwrap();
        let key = BlobKey::random();
        assert!(matches!(blobs.local(&key).await, Err(BlobError::Missing)));
        fs_err::remove_dir_all(&root).unwrap();
        assert!(matches!(blobs.local(&key).await, Err(BlobError::Io(_))));
        assert!(matches!(blobs.is_there(&key).await, Err(BlobError::Io(_))));
        assert!(blobs.check().await.is_err());
    }
}
