//! What recognisers saw on pages that are pictures. Kept and removed with the page.

use super::error::StoreError;
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, statements};
use super::tx::Tx;
use docent_domain::DocumentId;

statements! {
    KEEP_SIGHT = "
        INSERT INTO page_sights (document_id, generation, number, recogniser, confidence, turned, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (document_id, generation, number) DO NOTHING";
    SIGHTS = "
        SELECT number, recogniser, confidence, turned, words FROM page_sights
        WHERE document_id = $1 AND generation = $2 AND number > $3 ORDER BY number LIMIT $4";
}

/// One page, as a recogniser saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSight {
    pub number: i64,
    pub recogniser: String,
    /// In thousandths.
    pub confidence: i64,
    /// Degrees, clockwise.
    pub turned: i64,
    /// Code point where the word begins in the page's text, code points, and left, top, right, bottom in
    /// ten-thousandths of the page.
    pub words: Vec<[i64; 6]>,
}

#[derive(sqlx::FromRow)]
struct SightRow {
    number: i64,
    recogniser: String,
    confidence: i64,
    turned: i64,
    words: String,
}

impl TryFrom<SightRow> for PageSight {
    type Error = StoreError;

    fn try_from(row: SightRow) -> Result<Self, StoreError> {
        let words = serde_json::from_str(&row.words)
            .map_err(|_| StoreError::Unreadable { value: row.words, expected: "a list of words" })?;
        let SightRow { number, recogniser, confidence, turned, .. } = row;
        Ok(Self { number, recogniser, confidence, turned, words })
    }
}

impl<S: Side> Tx<S> {
    /// How those of the next pages were recognised that were.
    pub async fn page_sights(
        &mut self,
        document: S::Named<DocumentId>,
        generation: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<PageSight>, StoreError> {
        let document = document.id().get();
        let rows = fetch_all!(self, SightRow, SIGHTS, document, generation, after, limit)?;
        rows.into_iter().map(PageSight::try_from).collect()
    }
}

impl Tx {
    /// Keeps what was seen on pages that have just been spooled, in the same transaction.
    pub async fn keep_sights(
        &mut self,
        (document, generation): (DocumentId, i64),
        sights: &[PageSight],
    ) -> Result<(), StoreError> {
        for sight in sights {
            let words = serde_json::to_string(&sight.words).unwrap_or_else(|_| "[]".to_owned());
            execute!(
                self,
                KEEP_SIGHT,
                document.get(),
                generation,
                sight.number,
                &sight.recogniser,
                sight.confidence,
                sight.turned,
                &words,
            )?;
        }
        Ok(())
    }
}
