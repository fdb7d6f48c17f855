//! One file whose pages are recognised, with as many children as it takes.

use std::sync::Arc;

use tokio::io::AsyncSeekExt;
use tokio::sync::{OnceCell, Semaphore};

use super::child::Child;
use super::error::RecogniseError;
use super::page::Recognised;
use super::settings::{Kind, RecogniseSettings};
use super::tesseract::{Sheet, Tesseract};
use super::wire::{Job, Said, Want};

/// Pictures that are looked at on one page of a document.
const MAX_PARTS: usize = 500;
const MAX_REFUSED: u32 = 10;

/// After this many dead children a file is given up.
const MAX_DEATHS: u32 = 6;

/// Recognises text. Cheap to clone.
#[derive(Clone)]
pub struct Recognisers {
    inner: Arc<Inner>,
}

struct Inner {
    settings: RecogniseSettings,
    /// Asked for its languages when it is first needed.
    second: OnceCell<Option<Tesseract>>,
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
        Self { inner: Arc::new(Inner { settings, second: OnceCell::new(), turns }) }
    }

    /// Whether the pages of PDFs can be rendered.
    pub fn renders(&self) -> bool {
        self.inner.settings.pdfium.is_some()
    }

    /// The second recogniser, where it is installed and runs.
    async fn second(&self) -> Option<&Tesseract> {
        let open = async {
            let settings = &self.inner.settings;
            let path = settings.tesseract.clone()?;
            let opened = Tesseract::open(settings.program.clone(), path).await;
            opened.inspect_err(|error| tracing::warn!(%error, "Tesseract does not run")).ok()
        };
        self.inner.second.get_or_init(|| open).await.as_ref()
    }

    /// The languages of the second recogniser; `None` where there is none.
    pub async fn second_languages(&self) -> Option<Vec<String>> {
        let second = self.second().await?;
        Some(second.languages().into_iter().map(str::to_owned).collect())
    }

    /// A page whose script is not known to the first recogniser goes to the second.
    async fn second_look(&self, page: Recognised, sheet: Option<Sheet>) -> Recognised {
        let (Some(sheet), Some(second)) = (sheet, self.second().await) else { return page };
        match second.read(&sheet).await {
            Ok(better) => better.filter(Recognised::is_sound).unwrap_or(page),
            Err(error) => {
                tracing::warn!(%error, "Tesseract could not read a page");
                page
            }
        }
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
        if !matches!(self.kind, Kind::Package(_)) {
            let seen = self.part(page, 0, beside_text).await?;
            return Ok(seen.unwrap_or_else(Recognised::nothing));
        }
        let (mut pictures, mut refused) = (Vec::new(), 0);
        for part in 0..MAX_PARTS {
            match self.part(page, part, false).await {
                Ok(Some(seen)) => {
                    refused = 0;
                    pictures.push(seen);
                }
                Ok(None) => break,
                // One picture that is damaged, or of another kind than its name says. Many in a row: the file is.
                Err(RecogniseError::Picture(reason)) if refused < MAX_REFUSED => {
                    refused += 1;
                    tracing::debug!(page, part, reason, "Picture left out");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Recognised::together(pictures))
    }

    /// One picture of a page; `None` if the page has no such part.
    async fn part(
        &mut self,
        page: i64,
        part: usize,
        beside_text: bool,
    ) -> Result<Option<Recognised>, RecogniseError> {
        let recognisers = self.recognisers.clone();
        let inner = &recognisers.inner;
        let _turn = inner.turns.acquire().await.map_err(|_| RecogniseError::Failed("closed".to_owned()))?;
        let mut small = false;
        loop {
            let want = Want { page, part, beside_text, small };
            let asked = self.ask(want);
            let answer = tokio::time::timeout(inner.settings.limits.patience, asked).await;
            match answer {
                Ok(Ok(Some(Said::Page(page, sheet)))) if page.is_sound() => {
                    return Ok(Some(recognisers.second_look(page, sheet).await));
                }
                Ok(Ok(Some(Said::Nothing))) => return Ok(None),
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
