//! A project on its way into an archive: read page by page, packed piece by piece, never whole in memory.
//!
//! It is no picture of one moment. What is added meanwhile may be in it or not; what is deleted meanwhile is left out,
//! and sources that point to it say nothing. Whoever loses the right to it meanwhile gets a broken file.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::chats::{ChatText, MessageText};
use super::parts::Part;
use super::text::{DocumentText, manifest, written};
use super::{ArchiveError, ProjectText};
use docent_blobs::{BlobError, BlobKey, Blobs, Expected};
use docent_domain::chat::Chat;
use docent_domain::document::Document;
use docent_domain::{ChatId, DocumentId, MessageId, ProjectId, Role, Scope};
use docent_extract::Format;
use docent_store::{ForCallers, Seen, Store, Window};

/// Rows that are read at once.
const ROWS: i64 = 100;
/// Bytes that are sent at once, about.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const WAITING: usize = 4;
/// From here on an entry needs the long form of its sizes.
const LARGE: u64 = 0xFFFF_0000;

/// Everything of a project that the caller may read, about to be packed.
pub struct Export {
    pub store: Store<ForCallers>,
    pub blobs: Arc<dyn Blobs>,
    /// Asked again with each document and chat.
    pub scope: Scope,
    pub project: ProjectId,
}

impl Export {
    /// Whether all originals are whole. An archive without one of them, or with something else in its place, would be
    /// taken for the project.
    pub async fn check(&self) -> Result<(), ArchiveError> {
        let mut after = DocumentId::new(0);
        loop {
            let mut tx = self.store.read().await?;
            let page = tx.documents_after(&self.scope, self.project, after, ROWS).await?;
            drop(tx);
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            for document in &page {
                self.is_whole(document).await?;
            }
        }
    }

    async fn is_whole(&self, document: &Document) -> Result<(), ArchiveError> {
        let size = u64::try_from(document.size).unwrap_or(0);
        let expected = Expected { sha256: document.sha256.clone(), size };
        let verified = self.blobs.verify(&BlobKey::parse(&document.blob)?, &expected).await;
        let Err(source @ (BlobError::Damaged(_) | BlobError::Missing)) = verified else {
            return Ok(verified?);
        };
        if self.store.read().await?.document(&self.scope, document.id).await?.is_none() {
            // Deleted meanwhile.
            return Ok(());
        }
        tracing::error!(document.id = %document.id, error = %source, "An original cannot be exported");
        Err(ArchiveError::Unsound { filename: document.filename.clone(), source })
    }

    /// The archive's bytes, of originals that were found whole. Nothing is done faster than they are read.
    pub fn stream(self) -> BoxStream<'static, Result<Bytes, ArchiveError>> {
        let (sender, receiver) = mpsc::channel(WAITING);
        let packing = stream::once(async move {
            let failed = self.pack(Packer::new(sender)).await.err();
            failed.map(Err)
        });
        let packing = packing.filter_map(std::future::ready);
        stream::select(ReceiverStream::new(receiver).map(Ok), packing).boxed()
    }

    async fn pack(&self, mut packer: Packer) -> Result<(), ArchiveError> {
        let project = self.project_text().await?;
        packer.entry(Part::Manifest, &manifest(&project)?).await?;
        let documents = self.documents(&mut packer).await?;
        self.chats(&mut packer, &documents).await?;
        packer.finish().await
    }

    /// The project, while the caller may export it.
    async fn project_text(&self) -> Result<ProjectText, ArchiveError> {
        let found = self.store.read().await?.project(&self.scope, self.project).await?;
        let found = found.filter(|found| found.role >= Role::Owner).ok_or(ArchiveError::Gone)?;
        Ok(ProjectText {
            name: found.project.name,
            description: found.project.description,
            settings: found.project.settings.as_object().cloned().unwrap_or_default(),
        })
    }

    /// Packs the documents; which number each has.
    async fn documents(&self, packer: &mut Packer) -> Result<HashMap<DocumentId, u32>, ArchiveError> {
        let (mut numbers, mut after) = (HashMap::new(), DocumentId::new(0));
        loop {
            let mut tx = self.store.read().await?;
            let page = tx.documents_after(&self.scope, self.project, after, ROWS).await?;
            drop(tx);
            let Some(last) = page.last() else { return Ok(numbers) };
            after = last.id;
            for document in page {
                let number = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
                self.project_text().await?;
                if self.document(packer, number, &document).await? {
                    numbers.insert(document.id, number);
                }
            }
        }
    }

    /// False if it was deleted meanwhile.
    async fn document(
        &self,
        packer: &mut Packer,
        number: u32,
        document: &Document,
    ) -> Result<bool, ArchiveError> {
        if self.store.read().await?.document(&self.scope, document.id).await?.is_none() {
            return Ok(false);
        }
        let size = u64::try_from(document.size).unwrap_or(0);
        let key = BlobKey::parse(&document.blob)?;
        let mut original = match self.blobs.read(&key, 0..size).await {
            Ok(original) => original,
            Err(BlobError::Missing) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        packer.entry(Part::Document(number), &written(&DocumentText::of(document))?).await?;
        packer.begin(&Part::Original(number).name(&document.format), packing_of(document, size))?;
        while let Some(piece) = original.try_next().await? {
            packer.write(&piece).await?;
        }
        Ok(true)
    }

    async fn chats(
        &self,
        packer: &mut Packer,
        documents: &HashMap<DocumentId, u32>,
    ) -> Result<(), ArchiveError> {
        let (mut number, mut after) = (0, ChatId::new(0));
        loop {
            let mut tx = self.store.read().await?;
            let page = tx.chats_after(&self.scope, self.project, after, ROWS).await?;
            drop(tx);
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            for chat in page {
                self.project_text().await?;
                number += 1;
                self.chat(packer, number, &chat, documents).await?;
            }
        }
    }

    async fn chat(
        &self,
        packer: &mut Packer,
        number: u32,
        chat: &Chat,
        documents: &HashMap<DocumentId, u32>,
    ) -> Result<(), ArchiveError> {
        let mut tx = self.store.read().await?;
        // Deleted meanwhile, perhaps, or not for this reader any more.
        let Some(seen) = tx.found_chat(&self.scope, chat.id).await?.map(|found| found.seen) else {
            return Ok(());
        };
        let feedback = tx.feedback_of(seen, Seen::myself(&self.scope)).await?;
        let feedback: HashMap<_, _> = feedback.into_iter().collect();
        drop(tx);
        packer.begin(&Part::Chat(number).name(""), deflated())?;
        packer.line(&ChatText::of(chat)).await?;
        let (mut skip, mut numbers) = (0, HashMap::<MessageId, i64>::new());
        loop {
            let window = Window { skip, limit: ROWS };
            let page = self.store.read().await?.messages(seen, window).await?.items;
            if page.is_empty() {
                return Ok(());
            }
            skip += i64::try_from(page.len()).unwrap_or(ROWS);
            for message in page {
                let text = MessageText::of(&message, feedback.get(&message.id), documents, &numbers);
                if let Some(text) = text {
                    packer.line(&text).await?;
                    numbers.insert(message.id, i64::try_from(numbers.len() + 1).unwrap_or(i64::MAX));
                }
            }
        }
    }
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

/// Most kinds of documents are packed already.
fn packing_of(document: &Document, size: u64) -> SimpleFileOptions {
    let plain = Format::by_name(&document.format).is_some_and(Format::is_plain);
    let options = if plain {
        deflated()
    } else {
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
    };
    options.large_file(size >= LARGE)
}

/// Packs into a channel. What is packed waits in memory until there is enough of it to be sent.
struct Packer {
    zip: ZipWriter<StreamWriter<Packed>>,
    packed: Packed,
    out: mpsc::Sender<Bytes>,
}

#[derive(Clone, Default)]
struct Packed(Arc<Mutex<Vec<u8>>>);

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Packer {
    fn new(out: mpsc::Sender<Bytes>) -> Self {
        let packed = Packed::default();
        Self { zip: ZipWriter::new_stream(packed.clone()), packed, out }
    }

    fn begin(&mut self, name: &str, options: SimpleFileOptions) -> Result<(), ArchiveError> {
        self.zip.start_file(name, options).map_err(broken)
    }

    async fn entry(&mut self, part: Part, text: &[u8]) -> Result<(), ArchiveError> {
        self.begin(&part.name(""), deflated())?;
        self.write(text).await
    }

    async fn line(&mut self, text: &impl serde::Serialize) -> Result<(), ArchiveError> {
        let mut line = written(text)?;
        line.push(b'\n');
        self.write(&line).await
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.zip.write_all(bytes).map_err(ArchiveError::Io)?;
        self.send(PIECE).await
    }

    async fn finish(self) -> Result<(), ArchiveError> {
        let Self { zip, packed, out } = self;
        zip.finish().map_err(broken)?;
        send(&packed, &out, 1).await
    }

    async fn send(&self, enough: usize) -> Result<(), ArchiveError> {
        send(&self.packed, &self.out, enough).await
    }
}

async fn send(packed: &Packed, out: &mpsc::Sender<Bytes>, enough: usize) -> Result<(), ArchiveError> {
    let piece = {
        let mut packed = packed.0.lock().unwrap_or_else(PoisonError::into_inner);
        if packed.len() < enough {
            return Ok(());
        }
        std::mem::take(&mut *packed)
    };
    // Whoever reads it has gone: so does this.
    out.send(Bytes::from(piece)).await.map_err(|_| ArchiveError::Gone)
}

/// Packing does not fail for what is packed.
fn broken(error: zip::result::ZipError) -> ArchiveError {
    ArchiveError::Io(error.into())
}
