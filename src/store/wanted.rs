//! What is asked about or opened while its document is read for the first time: a wish about the order of embedding, no more.

use super::error::{StoreError, word};
use super::statement::{execute, fetch_all, statements};
use super::tx::Tx;
use docent_domain::{DocumentId, Timestamp};

/// Older wishes than so many wait for their turn.
const MOST: i64 = 512;

statements! {
    WANT = "
        INSERT INTO wanted_pages (document_id, generation, kind, number, wanted_at)
        SELECT d.id, d.generation, $3, $4, $5 FROM documents d
        WHERE d.id = $1 AND d.generation = $2 AND d.live_generation IS NULL AND d.deleted_at IS NULL
          AND d.status IN ('pending', 'processing')
        ON CONFLICT (document_id, generation, kind, number) DO UPDATE SET wanted_at = excluded.wanted_at";
    WANTED = "
        SELECT kind, number FROM wanted_pages
        WHERE document_id = $1 AND generation = $2 ORDER BY wanted_at DESC, number LIMIT $3";
    FORGET_WANTED = "DELETE FROM wanted_pages WHERE document_id = $1 AND generation = $2";
}

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// By its number, from 1.
    Page(i64),
    /// By its position, from 0.
    Passage(i64),
}

impl Spot {
    const fn row(self) -> (&'static str, i64) {
        match self {
            Self::Page(number) => ("page", number),
            Self::Passage(position) => ("passage", position),
        }
    }

    fn parse(kind: &str, number: i64) -> Option<Self> {
        [Self::Page(number), Self::Passage(number)].into_iter().find(|spot| spot.row().0 == kind)
    }
}

impl Tx {
    /// Notes what somebody saw of a document, or asked about, unless its reading is over.
    pub async fn want(
        &mut self,
        (document, generation): (DocumentId, i64),
        spots: &[Spot],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for (kind, number) in spots.iter().map(|spot| spot.row()) {
            execute!(self, WANT, document.get(), generation, kind, number, now.micros())?;
        }
        Ok(())
    }

    /// What was wanted of a generation, the latest first.
    pub async fn wanted(&mut self, document: DocumentId, generation: i64) -> Result<Vec<Spot>, StoreError> {
        let rows = fetch_all!(self, (String, i64), WANTED, document.get(), generation, MOST)?;
        rows.into_iter()
            .map(|(kind, number)| word(Spot::parse(&kind, number), &kind, "a kind of place"))
            .collect()
    }

    /// Once every page is embedded, or none will be.
    pub async fn forget_wanted(&mut self, document: DocumentId, generation: i64) -> Result<(), StoreError> {
        execute!(self, FORGET_WANTED, document.get(), generation)?;
        Ok(())
    }
}
