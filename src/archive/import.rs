//! From a kept archive to the documents and chats of a project, one after the other.
//!
//! Before anything is made, every original is unpacked once and held against what the archive says of it, so that an
//! archive that is damaged makes nothing. After that each document and each part of a chat is made in a transaction
//! that also counts it; whoever goes on after a crash begins at the count.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::chats::{ChatText, MessageText};
use super::container::Container;
use super::parts::Part;
use super::text::DocumentText;
use super::{ArchiveError, Limits};
use docent_blobs::{BlobKey, Blobs, StoredBlob};
use docent_domain::{Clock, DocumentId, ProjectId, Timestamp};
use docent_extract::{Format, HEAD_BYTES};
use docent_store::{Hold, ImportRow, Made, NewVersion, RestoredChat, RestoredMessage, Store, Turn};

/// Messages made in one transaction, and about how many bytes of them.
const BATCH: usize = 50;
const BATCH_BYTES: usize = 1 << 20;

/// An import under way.
pub struct Import {
    store: Store,
    blobs: Arc<dyn Blobs>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    row: ImportRow,
    hold: Hold,
    /// Away while it is read.
    archive: Option<Container>,
    documents: VecDeque<u32>,
    chats: VecDeque<u32>,
    made: Option<Arc<HashMap<u32, DocumentId>>>,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It waits to be read.
    Document(DocumentId),
    Chat,
}

/// A chat on its way out of the archive.
enum Line {
    Chat(RestoredChat),
    Messages(Vec<RestoredMessage>),
}

impl Import {
    /// Opens the archive of a project and checks its originals. `None` if there is nothing left to import.
    pub async fn open(
        (store, blobs, clock): (Store, Arc<dyn Blobs>, Arc<dyn Clock>),
        project: ProjectId,
        hold: Hold,
        limits: Limits,
        stop: &CancellationToken,
    ) -> Result<Option<Self>, ArchiveError> {
        let Some(row) = store.read().await?.import(project).await? else { return Ok(None) };
        let key = BlobKey::parse(&row.blob)?;
        if row.documents_done == 0 && row.chats_done == 0 {
            let (file, stop) = (opened(blobs.as_ref(), &key).await?, stop.clone());
            blocking(move || verify(Container::open(file, limits)?, &stop)).await?;
        }
        let file = opened(blobs.as_ref(), &key).await?;
        let archive = blocking(move || Container::open(file, limits)).await?;
        let left =
            |all: Vec<u32>, done: i64| all.into_iter().skip(usize::try_from(done).unwrap_or(0)).collect();
        let documents = left(archive.documents(), row.documents_done);
        let chats = left(archive.chats(), row.chats_done);
        let (stop, archive) = (stop.clone(), Some(archive));
        Ok(Some(Self { store, blobs, clock, stop, row, hold, archive, documents, chats, made: None }))
    }

    /// Makes the next document or chat; `None` when everything is there.
    pub async fn next(&mut self) -> Result<Option<Step>, ArchiveError> {
        if self.stop.is_cancelled() {
            return Err(ArchiveError::Stopped);
        }
        if let Some(number) = self.documents.pop_front() {
            return self.document(number).await.map(|id| Some(Step::Document(id)));
        }
        if let Some(number) = self.chats.pop_front() {
            self.chat(number).await?;
            return Ok(Some(Step::Chat));
        }
        self.finish().await?;
        Ok(None)
    }

    async fn document(&mut self, number: u32) -> Result<DocumentId, ArchiveError> {
        let (text, head, blob) = self.unpack(number).await?;
        let made = self.record(number, &text, &head, &blob).await;
        if made.is_err()
            && let Err(error) = self.blobs.remove(&blob.key).await
        {
            tracing::warn!(%error, "A file that is not needed stays until the next sweep");
        }
        made
    }

    /// Copies an original into storage; with what is known about it, and its first bytes.
    async fn unpack(&mut self, number: u32) -> Result<(DocumentText, Vec<u8>, StoredBlob), ArchiveError> {
        let mut archive = self.archive()?;
        let (sender, mut pieces) = mpsc::channel::<Bytes>(4);
        let reading = tokio::task::spawn_blocking(move || {
            let text = archive.document(number).and_then(|text| {
                archive.original(number, &mut |piece| {
                    let sent = sender.blocking_send(Bytes::copy_from_slice(piece));
                    sent.map_err(|_| ArchiveError::Stopped)
                })?;
                Ok(text)
            });
            (archive, text)
        });
        let mut writer = self.blobs.begin().await?;
        let mut head = Vec::new();
        while let Some(piece) = pieces.recv().await {
            head.extend_from_slice(&piece[..piece.len().min(HEAD_BYTES.saturating_sub(head.len()))]);
            writer.write(&piece).await?;
        }
        let (archive, text) = reading.await.map_err(ArchiveError::Broken)?;
        self.archive = Some(archive);
        Ok((text?, head, writer.finish().await?))
    }

    async fn record(
        &mut self,
        number: u32,
        text: &DocumentText,
        head: &[u8],
        blob: &StoredBlob,
    ) -> Result<DocumentId, ArchiveError> {
        let format = checked(number, text, head, &blob.sha256)?;
        let version = NewVersion {
            filename: &text.filename,
            blob: blob.key.as_str(),
            sha256: &blob.sha256,
            size: i64::try_from(blob.size).unwrap_or(i64::MAX),
            format: format.name(),
        };
        let metadata = Value::Object(text.metadata.clone());
        let turn = self.turn(self.row.documents_done);
        let mut tx = self.store.begin().await?;
        let (of, about) = ((number, self.row.user), (text.path.as_str(), &metadata));
        let made = tx.restore_document(turn, of, about, &version, self.clock.now()).await?;
        let id = taken(made)?;
        tx.commit().await?;
        self.row.documents_done += 1;
        Ok(id)
    }

    async fn chat(&mut self, number: u32) -> Result<(), ArchiveError> {
        let made = self.made().await?;
        let (mut archive, now) = (self.archive()?, self.clock.now());
        let (sender, mut lines) = mpsc::channel(2);
        let reading = tokio::task::spawn_blocking(move || {
            let done = send_chat(&mut archive, number, &made, now, &sender);
            (archive, done)
        });
        let written = self.write_chat(&mut lines).await;
        // Whoever still sends hears that nobody listens.
        drop(lines);
        let (archive, done) = reading.await.map_err(ArchiveError::Broken)?;
        self.archive = Some(archive);
        written?;
        done?;
        let mut tx = self.store.begin().await?;
        taken(tx.finish_chat(self.turn(self.row.chats_done), self.clock.now()).await?)?;
        tx.commit().await?;
        self.row.chats_done += 1;
        Ok(())
    }

    /// Makes a chat as its lines come; what an earlier worker has made of it stays.
    async fn write_chat(&self, lines: &mut mpsc::Receiver<Line>) -> Result<(), ArchiveError> {
        let turn = self.turn(self.row.chats_done);
        let mut begun = self.store.read().await?.begun_chat(self.row.project).await?;
        let mut read = 0;
        while let Some(line) = lines.recv().await {
            if self.stop.is_cancelled() {
                return Err(ArchiveError::Stopped);
            }
            let now = self.clock.now();
            match (line, begun) {
                (Line::Chat(_), Some(_)) => {}
                (Line::Chat(chat), None) => {
                    let mut tx = self.store.begin().await?;
                    let id = taken(tx.restore_chat(turn, self.row.user, &chat, now).await?)?;
                    tx.commit().await?;
                    begun = Some((id, 0));
                }
                (Line::Messages(mut messages), Some((chat, there))) => {
                    let (first, count) = (read + 1, i64::try_from(messages.len()).unwrap_or(0));
                    read += count;
                    let known = (there - first + 1).clamp(0, count);
                    drop(messages.drain(..usize::try_from(known).unwrap_or(0)));
                    if messages.is_empty() {
                        continue;
                    }
                    let place = (self.row.user, chat, first + known);
                    let mut tx = self.store.begin().await?;
                    taken(tx.restore_messages(turn, place, &messages, now).await?)?;
                    tx.commit().await?;
                    begun = Some((chat, read));
                }
                (Line::Messages(_), None) => return Err(ArchiveError::Lost),
            }
        }
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), ArchiveError> {
        let mut tx = self.store.begin().await?;
        if !tx.finish_import(self.row.project, self.hold).await? {
            return Err(ArchiveError::Lost);
        }
        tx.commit().await?;
        // If this is not reached, the sweep of files that nobody needs finds it.
        Ok(self.blobs.remove(&BlobKey::parse(&self.row.blob)?).await?)
    }

    /// What the archive's numbers have become.
    async fn made(&mut self) -> Result<Arc<HashMap<u32, DocumentId>>, ArchiveError> {
        if let Some(made) = &self.made {
            return Ok(Arc::clone(made));
        }
        let rows = self.store.read().await?.restored_documents(self.row.project).await?;
        let made = rows.into_iter().filter_map(|(number, id)| Some((u32::try_from(number).ok()?, id)));
        let made = Arc::new(made.collect());
        self.made = Some(Arc::clone(&made));
        Ok(made)
    }

    fn archive(&mut self) -> Result<Container, ArchiveError> {
        self.archive.take().ok_or(ArchiveError::Lost)
    }

    const fn turn(&self, done: i64) -> Turn {
        Turn { hold: self.hold, project: self.row.project, done }
    }
}

fn taken<T>(made: Made<T>) -> Result<T, ArchiveError> {
    match made {
        Made::Yes(made) => Ok(made),
        Made::Deleted => Err(ArchiveError::Deleted),
        Made::NotNow => Err(ArchiveError::Lost),
    }
}

/// The archive as a file of this machine.
async fn opened(blobs: &dyn Blobs, key: &BlobKey) -> Result<File, ArchiveError> {
    Ok(blobs.local(key).await?.into_file())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ArchiveError> + Send + 'static,
) -> Result<T, ArchiveError> {
    tokio::task::spawn_blocking(work).await.map_err(ArchiveError::Broken)?
}

/// Unpacks every original and keeps none.
fn verify(mut archive: Container, stop: &CancellationToken) -> Result<(), ArchiveError> {
    for number in archive.documents() {
        let text = archive.document(number)?;
        let (mut hash, mut head) = (Sha256::new(), Vec::new());
        archive.original(number, &mut |piece| {
            hash.update(piece);
            head.extend_from_slice(&piece[..piece.len().min(HEAD_BYTES.saturating_sub(head.len()))]);
            if stop.is_cancelled() { Err(ArchiveError::Stopped) } else { Ok(()) }
        })?;
        checked(number, &text, &head, &hex::encode(hash.finalize()))?;
    }
    Ok(())
}

/// The kind of an original, if it is what the archive says.
fn checked(number: u32, text: &DocumentText, head: &[u8], sha256: &str) -> Result<Format, ArchiveError> {
    let part = || Part::Document(number).name("");
    if sha256 != text.sha256 {
        return Err(ArchiveError::Damaged(format!("the original beside `{}` is another file", part())));
    }
    Format::recognise(&text.filename, head).map_err(|source| ArchiveError::Original { part: part(), source })
}

fn send_chat(
    archive: &mut Container,
    number: u32,
    made: &HashMap<u32, DocumentId>,
    now: Timestamp,
    sender: &mpsc::Sender<Line>,
) -> Result<(), ArchiveError> {
    let part = Part::Chat(number).name("");
    let send = |line| sender.blocking_send(line).map_err(|_| ArchiveError::Stopped);
    let known = |document| made.get(&document).copied();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    archive.chat(number, &mut |line, text| {
        if line == 0 {
            return send(Line::Chat(ChatText::read(&part, text, now)?));
        }
        batch.push(MessageText::read(&part, text, line, &known, now)?);
        bytes += text.len();
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            bytes = 0;
            return send(Line::Messages(std::mem::take(&mut batch)));
        }
        Ok(())
    })?;
    if batch.is_empty() { Ok(()) } else { send(Line::Messages(batch)) }
}
