//! The second step: spooled pages into chunks, which are kept in the database. Of a document that is read for the first
//! time they are found by their words from then on.

use tokio::sync::watch;

use super::chunk::{ChunkSettings, Piece};
use super::early::Words;
use super::error::IngestError;
use super::faults::Place;
use super::feed::Made;
use super::outline::Outline;
use super::read::Reading;
use super::spool::Spooled;
use super::title::header;
use docent_store::{Chunk, SpooledPage, TextHash};
use docent_words::{Language, detect};

/// Pages taken from the spool at once.
const PAGES: i64 = 8;
/// Chunks kept at once.
const CHUNKS: usize = 64;
/// Bytes of a page from which its language counts against that of the pages before.
const TELLING: usize = 400;

/// What cutting came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cut {
    pub pages: i64,
    pub chunks: i64,
    pub words: i64,
}

/// Follows the spool until it is complete. The same pages give the same chunks, so that a later attempt only writes
/// again what is there already.
pub async fn cut(
    reading: &Reading<'_>,
    mut spooled: watch::Receiver<Spooled>,
    made: watch::Sender<Made>,
) -> Result<Cut, IngestError> {
    let (document, generation) = reading.name();
    let mut cutter = Cutter::new(reading, made);
    loop {
        // Looked at before the pages: what is complete now has all its pages in the spool.
        let seen = *spooled.borrow_and_update();
        let after = cutter.cut.pages;
        let pages = if seen.pages > after {
            reading.parts.store.read().await?.pages(document, generation, after, PAGES).await?
        } else {
            Vec::new()
        };
        if pages.is_empty() {
            cutter.keep().await?;
            if seen.complete {
                break;
            }
            // An error elsewhere drops the sender, and ends this step, too.
            spooled.changed().await.map_err(|_| IngestError::Stopped)?;
            continue;
        }
        for page in pages {
            cutter.take(page).await?;
            while cutter.ready.len() >= CHUNKS {
                cutter.keep().await?;
            }
        }
    }
    reading.progress.count(|counts| counts.cut = true);
    cutter.finish().await
}

struct Cutter<'a> {
    reading: &'a Reading<'a>,
    settings: ChunkSettings,
    outline: Outline,
    /// Of the last page that was long enough to tell.
    language: Option<Language>,
    ready: Vec<Chunk>,
    /// Of a first reading.
    words: Option<Words<'a>>,
    made: watch::Sender<Made>,
    cut: Cut,
}

impl<'a> Cutter<'a> {
    fn new(reading: &'a Reading<'a>, made: watch::Sender<Made>) -> Self {
        let embedder = reading.parts.vectors.embedder();
        Self {
            reading,
            settings: reading.parts.chunks.fitted(embedder.info().max_tokens),
            outline: Outline::default(),
            language: None,
            ready: Vec::new(),
            words: reading.source.first.then(|| Words::new(reading)),
            made,
            cut: Cut::default(),
        }
    }

    async fn take(&mut self, page: SpooledPage) -> Result<(), IngestError> {
        let embedder = self.reading.parts.vectors.embedder().clone();
        let settings = self.settings;
        let task = tokio::task::spawn_blocking(move || {
            let sections: Vec<usize> = page.headings.iter().map(|heading| heading.start).collect();
            let pieces = settings.split(&page.text, page.markdown, &sections, embedder.tokenizer());
            let language = detect(&page.text);
            pieces.map(|pieces| (page, pieces, language))
        });
        let (page, pieces, language) =
            task.await.map_err(|error| IngestError::Broken(error.to_string()))??;
        self.cut.pages = page.number;
        self.reading.context.see(&page);
        self.cut.words += i64::try_from(page.text.split_whitespace().count()).unwrap_or(0);
        // A heading on a page of its own is read like the pages before it.
        if self.language.is_none() || page.text.len() >= TELLING {
            self.language = language.or(self.language);
        }
        let mut chunks = chunks_of(&page, &pieces, self.cut.chunks, &mut self.outline);
        for chunk in &mut chunks {
            chunk.language = self.language.map(|language| language.code().to_owned());
            let text = self.reading.parts.vectors.text(&self.reading.context, chunk);
            chunk.text_hash = TextHash::of(&text).to_string();
        }
        self.cut.chunks += i64::try_from(chunks.len()).unwrap_or(0);
        self.ready.extend(chunks);
        self.reading.pages().cut(self.cut.chunks);
        let cut = self.cut;
        self.reading.progress.count(|counts| {
            counts.pages_cut = cut.pages;
            counts.chunks_cut = cut.chunks;
        });
        Ok(())
    }

    /// Keeps the next batch in the database, and lets it be found by its words.
    async fn keep(&mut self) -> Result<(), IngestError> {
        if self.ready.is_empty() {
            return Ok(());
        }
        let rest = self.ready.split_off(CHUNKS.min(self.ready.len()));
        let batch = std::mem::replace(&mut self.ready, rest);
        let parts = self.reading.parts;
        let mut tx = parts.store.begin().await?;
        if !tx.insert_chunks(self.reading.hold, self.reading.name(), &batch).await? {
            return Err(IngestError::Lost);
        }
        // After the run is locked, as everywhere: else two transactions of one reading may wait for each other.
        if batch.first().is_some_and(|first| first.position == 0) {
            self.reading.context.keep_title(&mut tx, self.reading.name()).await?;
        }
        tx.commit().await?;
        parts.faults.pass(Place::Chunked).await?;
        let chunks = batch.last().map_or(0, |last| last.position + 1);
        if let Some(words) = &mut self.words {
            words.put(&batch).await?;
            let pages = self.reading.pages().within(chunks);
            self.reading.progress.count(|counts| counts.searchable_pages = Some(pages));
        }
        self.made.send_replace(Made { chunks, complete: false });
        Ok(())
    }

    async fn finish(self) -> Result<Cut, IngestError> {
        if let Some(words) = self.words {
            words.finish().await?;
        }
        self.made.send_replace(Made { chunks: self.cut.chunks, complete: true });
        Ok(self.cut)
    }
}

fn chunks_of(page: &SpooledPage, pieces: &[Piece], first: i64, outline: &mut Outline) -> Vec<Chunk> {
    let mut headings = &page.headings[..];
    let mut offsets = CodePoints { text: &page.text, byte: 0, count: page.start_offset };
    let chunks = pieces.iter().zip(first..).map(|(piece, position)| {
        let text = &page.text[piece.start..piece.end];
        // A chunk may begin with the end of the section before: its own heading stands in its first third.
        outline.advance(&mut headings, piece.start + text.len().div_ceil(3));
        let start_offset = offsets.at(piece.start);
        Chunk {
            position,
            page: page.numbered.then_some(page.number),
            heading: outline.path(),
            start_offset,
            end_offset: start_offset + count(text),
            text: text.to_owned(),
            text_hash: String::new(),
            tokens: i64::try_from(piece.tokens).unwrap_or(0),
            language: None,
            header: header(&page.text, piece.start),
        }
    });
    let chunks = chunks.collect();
    outline.advance(&mut headings, usize::MAX);
    chunks
}

/// Bytes to code points, for places that mostly ascend.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: i64,
}

impl CodePoints<'_> {
    fn at(&mut self, byte: usize) -> i64 {
        // A chunk that took lines from the next one may leave it to begin after the one that overlaps it.
        if byte >= self.byte {
            self.count += count(&self.text[self.byte..byte]);
        } else {
            self.count -= count(&self.text[byte..self.byte]);
        }
        self.byte = byte;
        self.count
    }
}

fn count(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::document::Verdict;
    use docent_store::SpooledHeading;

    #[test]
    fn offsets_count_code_points_of_the_whole_document() {
        let page = SpooledPage {
            number: 3,
            numbered: true,
            start_offset: 1000,
            text: "Übergröße — ein Maß.\n\nZwölf Türme.".to_owned(),
            verdict: Verdict::Text,
            markdown: false,
            headings: vec![SpooledHeading { start: 0, level: 1, title: "Maße".into() }],
            warning: None,
        };
        let second = page.text.find("Zwölf").unwrap();
        let pieces = [
            Piece { start: 0, end: second - 2, tokens: 5 },
            Piece { start: second, end: page.text.len(), tokens: 3 },
        ];
        let chunks = chunks_of(&page, &pieces, 7, &mut Outline::default());
        let whole: Vec<char> = page.text.chars().collect();
        for chunk in &chunks {
            let range = usize::try_from(chunk.start_offset - 1000).unwrap()
                ..usize::try_from(chunk.end_offset - 1000).unwrap();
            assert_eq!(whole[range].iter().collect::<String>(), chunk.text);
            assert_eq!((chunk.page, chunk.heading.as_deref()), (Some(3), Some("Maße")));
        }
        assert_eq!((chunks[0].position, chunks[1].position), (7, 8));
    }
}
