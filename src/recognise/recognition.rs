//! One file whose pages are recognised, with as many children as it takes.

use std::sync::Arc;

use tokio::io::AsyncSeekExt;
use tokio::sync::Semaphore;

use super::child::Child;
use super::error::RecogniseError;
use super::page::Recognised;
use super::settings::{Kind, RecogniseSettings};
use super::wire::{Job, Said, Want};

/// After this many dead children a file is given up.
const MAX_DEATHS: u32 = 6;

/// Recognises text. Cheap to clone.
#[derive(Clone)]
pub struct Recognisers {
    inner: Arc<Inner>,
}

struct Inner {
    settings: RecogniseSettings,
    /// First come, first served: documents take turns, page by page.
    turns: Semaphore,
}

/// Where the bytes come from.
enum Source {
    File(std::fs::File),
    Bytes(&'static [u8]),
}

/// `Docent reads this picture.`
const PROBE: &[u8] = include_bytes!("probe.png");

/// A file being read. Dropping it kills the child.
pub struct Recognition {
    recognisers: Recognisers,
    source: Source,
    kind: Kind,
    bytes: u64,
    child: Option<Child>,
    deaths: u32,
}

impl Recognisers {
    pub fn new(settings: RecogniseSettings) -> Self {
        let turns = Semaphore::new(settings.at_once.max(1));
        Self { inner: Arc::new(Inner { settings, turns }) }
    }

    /// Whether the pages of PDFs can be rendered.
    pub fn renders(&self) -> bool {
        self.inner.settings.pdfium.is_some()
    }

    /// Nothing is started before a page is asked for.
    pub fn open(&self, file: std::fs::File, kind: Kind) -> Result<Recognition, RecogniseError> {
        let bytes = file.metadata().map_err(RecogniseError::io("read the stored file"))?.len();
        Ok(self.begin(Source::File(file), kind, bytes))
    }

    /// Reads a small picture, to see whether everything is there and works.
    pub async fn try_out(&self) -> Result<Recognised, RecogniseError> {
        let bytes = PROBE.len() as u64;
        self.begin(Source::Bytes(PROBE), Kind::Picture, bytes).page(1, false).await
    }

    fn begin(&self, source: Source, kind: Kind, bytes: u64) -> Recognition {
        Recognition { recognisers: self.clone(), source, kind, bytes, child: None, deaths: 0 }
    }
}

impl Recognition {
    /// Reads a page (1-based); with `beside_text` only what the page's own text does not hold. An error is about this
    /// page, but for [`RecogniseError::Unavailable`] and [`RecogniseError::Io`].
    pub async fn page(&mut self, page: i64, beside_text: bool) -> Result<Recognised, RecogniseError> {
        let recognisers = self.recognisers.clone();
        let inner = &recognisers.inner;
        let _turn = inner.turns.acquire().await.map_err(|_| RecogniseError::Failed("closed".to_owned()))?;
        let mut small = false;
        loop {
            let want = Want { page, beside_text, small };
            let asked = self.ask(want);
            let answer = tokio::time::timeout(inner.settings.limits.patience, asked).await;
            match answer {
                Ok(Ok(Some(Said::Page(page)))) if page.is_sound() => return Ok(page),
                Ok(Ok(Some(Said::Refused(reason)))) => return Err(RecogniseError::Picture(reason)),
                Ok(Ok(Some(Said::Unavailable(reason)))) => return Err(RecogniseError::Unavailable(reason)),
                Ok(Err(error)) => return Err(error),
                Ok(Ok(_)) | Err(_) => {}
            }
            let how = match self.child.take() {
                Some(child) => child.autopsy().await,
                None => "it did not start".to_owned(),
            };
            self.deaths += 1;
            tracing::warn!(page, how, small, "A recognising process ended over a page");
            if small || self.deaths >= MAX_DEATHS {
                return Err(RecogniseError::Failed(how));
            }
            small = true;
        }
    }

    async fn ask(&mut self, want: Want) -> Result<Option<Said>, RecogniseError> {
        if self.child.is_none() {
            let mut child = Child::spawn(&self.recognisers.inner.settings).await?;
            match child.hear().await {
                Some(Said::Ready { .. }) => {}
                Some(Said::Unavailable(reason)) => return Err(RecogniseError::Unavailable(reason)),
                _ => return Err(RecogniseError::Unavailable(child.autopsy().await)),
            }
            let job = Job { kind: self.kind, bytes: self.bytes };
            match &self.source {
                Source::Bytes(bytes) => child.send(&job, *bytes).await?,
                Source::File(file) => {
                    let failed = RecogniseError::io;
                    let mut file =
                        tokio::fs::File::from_std(file.try_clone().map_err(failed("read the stored file"))?);
                    file.rewind().await.map_err(failed("read the stored file"))?;
                    child.send(&job, file).await?;
                }
            }
            self.child = Some(child);
        }
        let Some(child) = self.child.as_mut() else { return Ok(None) };
        Ok(child.ask(want).await)
    }
}
