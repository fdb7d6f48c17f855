//! What recognisers saw on pages that are pictures. Kept and removed with the page.

use super::error::StoreError;
use super::side::{Names, Side};
use super::statement::{execute, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::DocumentId;

statements! {
    KEEP_SIGHT = "
        INSERT INTO page_sights (document_id, generation, number, recogniser, confidence, turned, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (document_id, generation, number) DO NOTHING";
    SIGHT = "
        SELECT number, recogniser, confidence, turned, words FROM page_sights
        WHERE document_id = $1 AND generation = $2 AND number = $3";
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

impl<S: Side> Tx<S> {
    /// How a page was recognised, if it was.
    pub async fn page_sight(
        &mut self,
        document: S::Named<DocumentId>,
        generation: i64,
        number: i64,
    ) -> Result<Option<PageSight>, StoreError> {
        let row = fetch_optional!(
            self,
            (i64, String, i64, i64, String),
            SIGHT,
            document.id().get(),
            generation,
            number
        )?;
        row.map(|(number, recogniser, confidence, turned, words)| {
            let words = serde_json::from_str(&words)
                .map_err(|_| StoreError::Unreadable { value: words, expected: "a list of words" })?;
            Ok(PageSight { number, recogniser, confidence, turned, words })
        })
        .transpose()
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
