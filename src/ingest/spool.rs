//! The first step: pages out of the file and into the database, before anything else is done with them.

use std::fs::File;
use std::time::Duration;

use tokio::sync::watch;

use super::error::IngestError;
use super::faults::Place;
use super::read::Reading;
use super::sight::Sight;
use docent_blobs::{BlobKey, Expected};
use docent_domain::table::Table;
use docent_extract::{ExtractError, Extracted, Format, Page};
use docent_store::{OpenGeneration, PageSight, SpooledHeading, SpooledPage, next_offset};

/// A batch is written when it has so many pages, or so many bytes of text, or when the reader makes a pause.
const PAGES: usize = 64;
const BYTES: usize = 256 * 1024;
const PAUSE: Duration = Duration::from_millis(200);

/// How far the spool is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spooled {
    pub pages: i64,
    /// No more pages will come.
    pub complete: bool,
}

/// Reads what earlier attempts have not spooled yet.
pub async fn spool(reading: &Reading<'_>, spooled: watch::Sender<Spooled>) -> Result<(), IngestError> {
    let source = reading.source;
    let mut spool = Spool {
        reading,
        batch: Vec::new(),
        sights: Vec::new(),
        tables: Vec::new(),
        bytes: 0,
        offset: source.next_offset,
        spooled,
    };
    if source.extracted {
        let pages = source.page_count.unwrap_or(source.spooled);
        reading.progress.count(|counts| {
            counts.pages_total = Some(pages);
            counts.pages_spooled = pages;
        });
        spool.spooled.send_replace(Spooled { pages, complete: true });
        return Ok(());
    }
    spool.spooled.send_replace(Spooled { pages: source.spooled, complete: false });
    reading.progress.count(|counts| counts.pages_spooled = source.spooled);
    spool.read().await
}

/// The file, if it is still what was uploaded.
async fn whole(file: File, source: &OpenGeneration) -> Result<File, IngestError> {
    let size = u64::try_from(source.size).unwrap_or(0);
    let expected = Expected { sha256: source.sha256.clone(), size };
    let compared = tokio::task::spawn_blocking(move || expected.compare(&file).map(|()| file)).await;
    Ok(compared.map_err(|error| IngestError::Broken(error.to_string()))??)
}

struct Spool<'a> {
    reading: &'a Reading<'a>,
    batch: Vec<SpooledPage>,
    /// Of those pages of the batch that were recognised.
    sights: Vec<PageSight>,
    /// Those that begin on the pages of the batch.
    tables: Vec<Table>,
    bytes: usize,
    offset: i64,
    spooled: watch::Sender<Spooled>,
}

impl Spool<'_> {
    async fn read(&mut self) -> Result<(), IngestError> {
        let (parts, source) = (self.reading.parts, self.reading.source);
        let format = Format::by_name(&source.format)
            .ok_or_else(|| IngestError::UnknownFormat(source.format.clone()))?;
        let file = parts.blobs.local(&BlobKey::parse(&source.blob)?).await?.into_file();
        let file = whole(file, source).await?;
        let mut sight = Sight::open(parts.recognisers.as_ref(), format, &file)?;
        let mut file_reading = parts.extractors.read(file, format, source.spooled).await?;
        loop {
            let step = {
                let next = file_reading.next();
                tokio::pin!(next);
                loop {
                    tokio::select! {
                        step = &mut next => break step,
                        () = tokio::time::sleep(PAUSE), if !self.batch.is_empty() => self.write().await?,
                    }
                }
            };
            match step.transpose()? {
                Some(Extracted::Total { pages }) => {
                    self.reading.progress.count(|counts| counts.pages_total = Some(pages));
                }
                Some(Extracted::Page(page)) if sight.wants(&page) => {
                    // It takes seconds: what is there by now is not held back.
                    self.write().await?;
                    self.reading.progress.count(|counts| counts.recognising = Some(page.number));
                    let (page, seen) = sight.look(page).await;
                    self.sights.extend(seen);
                    self.take(page).await?;
                    self.write().await?;
                }
                Some(Extracted::Page(page)) => self.take(page).await?,
                None => break,
            }
        }
        self.write().await?;
        self.complete().await
    }

    async fn take(&mut self, mut page: Page) -> Result<(), IngestError> {
        self.tables.append(&mut page.tables);
        let page = spooled_page(page, self.offset);
        self.offset = next_offset(self.offset, &page.text);
        self.bytes += page.text.len();
        self.batch.push(page);
        if self.batch.len() >= PAGES || self.bytes >= BYTES {
            self.write().await?;
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<(), IngestError> {
        let Some(last) = self.batch.last() else { return Ok(()) };
        let (parts, pages) = (self.reading.parts, last.number);
        let mut tx = parts.store.begin().await?;
        if !tx.spool_pages(self.reading.hold, self.reading.name(), &self.batch).await? {
            return Err(IngestError::Lost);
        }
        tx.keep_sights(self.reading.name(), &self.sights).await?;
        tx.keep_tables(self.reading.name(), &self.tables).await?;
        tx.commit().await?;
        self.sights.clear();
        self.tables.clear();
        self.batch.clear();
        self.bytes = 0;
        self.reading.progress.count(|counts| counts.pages_spooled = pages);
        self.spooled.send_replace(Spooled { pages, complete: false });
        parts.faults.pass(Place::Spooled).await
    }

    async fn complete(&self) -> Result<(), IngestError> {
        let parts = self.reading.parts;
        let pages = self.spooled.borrow().pages;
        if pages == 0 {
            return Err(ExtractError::NoText.into());
        }
        let mut tx = parts.store.begin().await?;
        if !tx.set_extracted(self.reading.hold, self.reading.name(), pages).await? {
            return Err(IngestError::Lost);
        }
        tx.commit().await?;
        parts.faults.pass(Place::Extracted).await?;
        self.reading.progress.count(|counts| counts.pages_total = Some(pages));
        self.spooled.send_replace(Spooled { pages, complete: true });
        Ok(())
    }
}

fn spooled_page(page: Page, start_offset: i64) -> SpooledPage {
    let heading = |heading: docent_extract::Heading| SpooledHeading {
        start: heading.start,
        level: heading.level,
        title: heading.title,
    };
    SpooledPage {
        number: page.number,
        numbered: page.numbered,
        start_offset,
        text: page.text,
        verdict: page.verdict,
        markdown: page.markdown,
        headings: page.headings.into_iter().map(heading).collect(),
        warning: page.warning,
    }
}
