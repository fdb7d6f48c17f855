//! Uploads on their way to storage: streamed, hashed, counted and timed, never held in memory.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::Instant;

use crate::form::{FILE, FILES};
use crate::services::{Limits, Services};
use docent_blobs::{Blobs, StoredBlob};
use docent_domain::{Code, Fault, names};
use docent_extract::Format;

/// How much of a file is looked at to tell its kind.
const HEAD: usize = 8 * 1024;
/// What the parts' headers and the small fields may take.
const AROUND: u64 = 1024 * 1024;
/// Bytes of a small field.
const FIELD: usize = 4096;
/// Characters of a field's name.
const FIELD_NAME: usize = 64;
/// Small fields of one request.
const FIELDS: usize = 32;
/// Below so many bytes a second, on the whole, a sender is cut.
const SLOWEST: u64 = 4 * 1024;

/// A file that arrived whole, is of a known kind, and lies in storage without being anybody's yet.
pub(crate) struct Received<K = Format> {
    pub(crate) filename: String,
    pub(crate) format: K,
    pub(crate) blob: StoredBlob,
}

/// Tells the kind of a file from its name and first bytes, before anything of it is stored.
pub(crate) type Admit<K> = fn(&str, &[u8]) -> Result<K, Fault>;

/// One part of an upload.
pub(crate) enum Part<K = Format> {
    /// Under its own name; refused files have been skipped, and the next part may follow.
    File { filename: String, result: Result<Received<K>, Fault> },
    /// A small text field.
    Text { name: String, text: String },
}

/// Reads the parts of a multipart request one after the other.
pub(crate) struct Receiver {
    multipart: Multipart,
    blobs: Arc<dyn Blobs>,
    limits: Limits,
    meter: Arc<Meter>,
    started: Instant,
    parts: usize,
    files: usize,
    files_seen: usize,
}

impl Receiver {
    /// Refuses what is no upload, or says by itself that it is too large for `files` files, before reading any of it.
    pub(super) async fn open(request: Request, services: &Services, files: usize) -> Result<Self, Fault> {
        services.room.admits(announced(&request).unwrap_or(0))?;
        Self::over(request, services.blobs.clone(), services.limits, files).await
    }

    pub(crate) async fn over(
        request: Request,
        blobs: Arc<dyn Blobs>,
        limits: Limits,
        files: usize,
    ) -> Result<Self, Fault> {
        let announced = announced(&request);
        let largest = limits.max_file_size.saturating_mul(files as u64).saturating_add(AROUND);
        if announced.is_some_and(|length| length > largest) {
            return Err(too_large(limits.max_file_size));
        }
        let meter = Arc::new(Meter::default());
        let request = request
            .map(|body| Body::from_stream(Metered { body: body.into_data_stream(), meter: meter.clone() }));
        let code =
            if is_multipart(request.headers()) { Code::BadRequest } else { Code::UnsupportedMediaType };
        let multipart = Multipart::from_request(request, &()).await.map_err(|_| {
            Fault::new(code, "Send the file as multipart/form-data, in a field called `file`")
        })?;
        Ok(Self { multipart, blobs, limits, meter, started: Instant::now(), parts: 0, files, files_seen: 0 })
    }

    /// The next part, whose files are documents; `None` after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Part>, Fault> {
        self.next_of(|filename, head| Ok(Format::recognise(filename, head)?)).await
    }

    /// The next part, whose files are of other kinds.
    pub(crate) async fn next_of<K>(&mut self, admit: Admit<K>) -> Result<Option<Part<K>>, Fault> {
        self.parts += 1;
        if self.parts > self.files + FIELDS {
            return Err(Fault::new(Code::PayloadTooLarge, "The upload has too many parts"));
        }
        self.meter.allow(AROUND);
        let next = tokio::time::timeout(self.limits.upload_idle, self.multipart.next_field());
        let Some(field) = next.await.map_err(|_| too_slow())?.map_err(|_| broken_off())? else {
            return Ok(None);
        };
        // Names of fields that we know are short; a long one is not to be sent back.
        let name: String = field.name().unwrap_or_default().chars().take(FIELD_NAME).collect();
        let mut incoming = Incoming { field, limits: self.limits, meter: &self.meter, started: self.started };
        let given = incoming.field.file_name().map(names::from_form);
        if given.is_none() && !matches!(name.as_str(), FILE | FILES) {
            return Ok(Some(Part::Text { name, text: incoming.text().await? }));
        }
        self.files_seen += 1;
        if self.files_seen > self.files {
            return Err(too_many(self.files));
        }
        self.meter.allow(u64::MAX);
        let filename = given.as_deref().and_then(names::filename);
        let shown = filename.clone().unwrap_or_else(|| "(no name)".to_owned());
        let result = match filename {
            Some(filename) => incoming.keep(filename, self.blobs.as_ref(), admit).await,
            None => Err(Fault::field(name, "needs a file name, such as `report.pdf`")),
        };
        if result.as_ref().is_err_and(|fault| is_about_the_file(fault.code())) && self.files > 1 {
            incoming.skip().await?;
        }
        Ok(Some(Part::File { filename: shown, result }))
    }
}

/// How long the request says that it is.
pub(crate) fn announced(request: &Request) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether the files after a refused one can still be read.
pub(super) fn is_about_the_file(code: Code) -> bool {
    matches!(code, Code::UnsupportedFileType | Code::EmptyFile | Code::FileTooLarge | Code::InvalidPayload)
}

struct Incoming<'a> {
    field: Field<'a>,
    limits: Limits,
    meter: &'a Meter,
    started: Instant,
}

impl Incoming<'_> {
    /// The next piece, unless the sender is silent or slow for too long.
    async fn piece(&mut self) -> Result<Option<Bytes>, Fault> {
        let piece = tokio::time::timeout(self.limits.upload_idle, self.field.chunk());
        let piece = piece.await.map_err(|_| too_slow())?.map_err(|_| broken_off())?;
        let due = self.limits.upload_idle + Duration::from_secs(self.meter.passed() / SLOWEST);
        if self.started.elapsed() > due { Err(too_slow()) } else { Ok(piece) }
    }

    async fn keep<K>(
        &mut self,
        filename: String,
        blobs: &dyn Blobs,
        admit: Admit<K>,
    ) -> Result<Received<K>, Fault> {
        // Nothing is stored before the kind of file is known to be one of ours.
        let mut head = Vec::new();
        while head.len() < HEAD {
            let Some(piece) = self.piece().await? else { break };
            head.extend_from_slice(&piece);
        }
        if head.is_empty() {
            let detail = "The file has no bytes in it; check where it came from and send it again";
            return Err(Fault::new(Code::EmptyFile, detail));
        }
        let format = admit(&filename, &head)?;
        let mut writer = blobs.begin().await?;
        let mut next = Some(Bytes::from(head));
        while let Some(piece) = next {
            if writer.size() + piece.len() as u64 > self.limits.max_file_size {
                return Err(too_large(self.limits.max_file_size));
            }
            writer.write(&piece).await?;
            next = self.piece().await?;
        }
        Ok(Received { filename, format, blob: writer.finish().await? })
    }

    async fn text(&mut self) -> Result<String, Fault> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.piece().await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > FIELD {
                let detail = format!("A text field of an upload may have at most {FIELD} bytes");
                return Err(Fault::new(Code::PayloadTooLarge, detail));
            }
        }
        String::from_utf8(bytes).map_err(|_| Fault::new(Code::BadRequest, "Send text fields as UTF-8"))
    }

    /// Reads over the rest of a refused file.
    async fn skip(&mut self) -> Result<(), Fault> {
        let end = self.meter.passed().saturating_add(self.limits.max_file_size);
        while self.piece().await?.is_some() {
            if self.meter.passed() > end {
                return Err(too_large(self.limits.max_file_size));
            }
        }
        Ok(())
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("multipart/form-data")
}

fn too_large(limit: u64) -> Fault {
    let detail = match limit / (1024 * 1024) {
        0 => format!("A file may have at most {limit} bytes"),
        mebibytes => format!("A file may have at most {mebibytes} MiB"),
    };
    Fault::new(Code::FileTooLarge, detail)
}

fn too_many(files: usize) -> Fault {
    match files {
        1 => Fault::new(Code::BadRequest, "Send one file here; several go to …/documents/bulk"),
        _ => Fault::new(Code::PayloadTooLarge, format!("At most {files} files can be sent at once")),
    }
}

fn too_slow() -> Fault {
    Fault::new(Code::RequestTimeout, "The upload came to a halt, or was too slow; send it again")
}

fn broken_off() -> Fault {
    Fault::new(Code::BadRequest, "The upload broke off, or is no sound multipart body; send it again")
}

/// Counts what came in. Between files only little may come, since the parser holds that in memory.
#[derive(Debug, Default)]
struct Meter {
    passed: AtomicU64,
    end: AtomicU64,
}

impl Meter {
    fn passed(&self) -> u64 {
        self.passed.load(Ordering::Relaxed)
    }

    fn allow(&self, more: u64) {
        self.end.store(self.passed().saturating_add(more), Ordering::Relaxed);
    }

    /// False once more came than was allowed.
    fn count(&self, bytes: usize) -> bool {
        let before = self.passed.fetch_add(bytes as u64, Ordering::Relaxed);
        before <= self.end.load(Ordering::Relaxed)
    }
}

struct Metered {
    body: BodyDataStream,
    meter: Arc<Meter>,
}

impl Stream for Metered {
    type Item = Result<Bytes, axum::BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = std::task::ready!(Pin::new(&mut self.body).poll_next(context));
        Poll::Ready(match next {
            Some(Ok(bytes)) if self.meter.count(bytes.len()) => Some(Ok(bytes)),
            Some(Ok(_)) => Some(Err("too much between two files".into())),
            Some(Err(error)) => Some(Err(error.into())),
            None => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_stops_what_was_not_allowed() {
        let meter = Meter::default();
        meter.allow(10);
        assert!(meter.count(8));
        assert!(meter.count(8), "a piece may reach over the end");
        assert!(!meter.count(1));
        meter.allow(10);
        assert!(meter.count(1));
    }

    #[test]
    fn limits_are_told_in_readable_units() {
        insta::assert_snapshot!(too_large(100 * 1024 * 1024).chain(), @"file_too_large: A file may have at most 100 MiB");
        insta::assert_snapshot!(too_large(1000).chain(), @"file_too_large: A file may have at most 1000 bytes");
    }
}
