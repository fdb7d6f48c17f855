//! A blob on its way into the store: small ones in one request, larger ones in parts, of which at most two are in
//! memory.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use object_store::multipart::{MultipartStore, PartId};
use object_store::{ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Bucket;
use super::errors::told;
use crate::{BlobError, BlobKey, BlobWriter, StoredBlob};

/// The folder of the notes on uploads in parts.
pub const NOTES: &str = "incoming";
/// Bytes of a part. All but the last have the same size: some stores insist on that.
pub const PART: usize = 8 << 20;
/// A note is dated anew so often. Far less than the age at which uploads count as broken.
const DATED: Duration = Duration::from_secs(600);
const CALLED_OFF: &str = "the upload was called off meanwhile";

pub struct ObjectWriter {
    bucket: Arc<Bucket>,
    key: BlobKey,
    hash: Sha256,
    size: u64,
    waiting: Vec<u8>,
    parts: Option<Parts>,
}

/// An upload in parts.
struct Parts {
    upload: String,
    noted: Instant,
    sent: Vec<PartId>,
    /// One part at most.
    sending: JoinSet<object_store::Result<PartId>>,
}

impl ObjectWriter {
    pub fn new(bucket: Arc<Bucket>) -> Self {
        let key = BlobKey::random();
        Self { bucket, key, hash: Sha256::new(), size: 0, waiting: Vec::new(), parts: None }
    }

    async fn note(&self, upload: &str) -> Result<(), BlobError> {
        let path = self.bucket.path(&format!("{NOTES}/{}", self.key.as_str()));
        self.bucket.store.put(&path, PutPayload::from(upload.to_owned())).await.map_err(told)?;
        Ok(())
    }

    /// Sends what is waiting as the next part, once the one before it has arrived.
    async fn send(&mut self) -> Result<(), BlobError> {
        let path = self.bucket.blob(&self.key);
        if self.parts.is_none() {
            let upload = self.bucket.store.create_multipart(&path).await.map_err(told)?;
            let (sent, sending) = (Vec::new(), JoinSet::new());
            // From here on it is called off when this is dropped, and from the note on also when we are killed.
            self.parts = Some(Parts { upload: upload.clone(), noted: Instant::now(), sent, sending });
            self.note(&upload).await?;
        }
        let Some(parts) = &mut self.parts else { return Ok(()) };
        parts.arrived().await?;
        let part = PutPayload::from(std::mem::replace(&mut self.waiting, Vec::with_capacity(PART)));
        let (bucket, upload, number) = (Arc::clone(&self.bucket), parts.upload.clone(), parts.sent.len());
        parts.sending.spawn(async move { bucket.store.put_part(&path, &upload, number, part).await });
        Ok(())
    }

    /// A sender may be slow: shows that it is still there.
    async fn date(&mut self) -> Result<(), BlobError> {
        let Some(parts) = self.parts.as_ref().filter(|parts| parts.noted.elapsed() >= DATED) else {
            return Ok(());
        };
        let upload = parts.upload.clone();
        self.note(&upload).await?;
        if let Some(parts) = &mut self.parts {
            parts.noted = Instant::now();
        }
        Ok(())
    }

    async fn complete(&mut self) -> Result<(), BlobError> {
        self.send().await?;
        let path = self.bucket.blob(&self.key);
        let Some(parts) = &mut self.parts else { return Ok(()) };
        parts.arrived().await?;
        let sent = std::mem::take(&mut parts.sent);
        match self.bucket.store.complete_multipart(&path, &parts.upload, sent).await.map_err(told) {
            // The answer to the first try was lost, and the second finds no such upload any more.
            Err(BlobError::Missing) => {
                let found = self.bucket.store.head(&path).await.map_err(called_off)?;
                if found.size == self.size {
                    Ok(())
                } else {
                    Err(BlobError::Unavailable(CALLED_OFF.to_owned()))
                }
            }
            completed => completed.map(drop),
        }
    }
}

/// What is not found while writing is the upload, not a blob.
fn called_off(error: object_store::Error) -> BlobError {
    match told(error) {
        BlobError::Missing => BlobError::Unavailable(CALLED_OFF.to_owned()),
        other => other,
    }
}

impl Parts {
    async fn arrived(&mut self) -> Result<(), BlobError> {
        while let Some(sent) = self.sending.join_next().await {
            let broken = |error: tokio::task::JoinError| BlobError::Unavailable(error.to_string());
            self.sent.push(sent.map_err(broken)?.map_err(called_off)?);
        }
        Ok(())
    }
}

#[async_trait]
impl BlobWriter for ObjectWriter {
    async fn write(&mut self, mut bytes: &[u8]) -> Result<(), BlobError> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            if self.waiting.len() == PART {
                self.send().await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PART - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        self.date().await
    }

    fn size(&self) -> u64 {
        self.size
    }

    async fn finish(mut self: Box<Self>) -> Result<StoredBlob, BlobError> {
        if self.parts.is_some() {
            self.complete().await?;
            self.parts = None;
            let note = self.bucket.path(&format!("{NOTES}/{}", self.key.as_str()));
            if let Err(error) = self.bucket.remove(&note).await {
                tracing::warn!(%error, "The note on an upload stays until the next sweep");
            }
        } else {
            let content = PutPayload::from(std::mem::take(&mut self.waiting));
            self.bucket.store.put(&self.bucket.blob(&self.key), content).await.map_err(told)?;
        }
        let sha256 = hex::encode(std::mem::take(&mut self.hash).finalize());
        Ok(StoredBlob { key: self.key.clone(), sha256, size: self.size })
    }
}

/// What was sent of an unfinished blob is given back.
impl Drop for ObjectWriter {
    fn drop(&mut self) {
        let (Some(parts), Ok(runtime)) = (self.parts.take(), tokio::runtime::Handle::try_current()) else {
            return;
        };
        let (bucket, key) = (Arc::clone(&self.bucket), self.key.clone());
        let calling_off = async move {
            let Parts { upload, mut sending, .. } = parts;
            // A part that arrived after the end would stay.
            while sending.join_next().await.is_some() {}
            let path = bucket.blob(&key);
            let ended = async {
                bucket.store.abort_multipart(&path, &upload).await.map_err(told)?;
                bucket.remove(&bucket.path(&format!("{NOTES}/{}", key.as_str()))).await
            };
            if let Err(error) = ended.await {
                tracing::warn!(%error, "A broken upload could not be called off; the next sweep does it");
            }
        };
        self.bucket.tasks.spawn_on(calling_off, &runtime);
    }
}
