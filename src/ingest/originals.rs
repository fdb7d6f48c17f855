//! Compares originals with what was uploaded, a few at a time: storage forgets in silence.

use super::check::Mismatch;
use super::error::IngestError;
use super::read::Parts;
use docent_blobs::{BlobError, BlobKey, Expected};
use docent_domain::DocumentId;
use docent_telemetry as telemetry;

/// Originals looked up at once.
const ROWS: i64 = 50;

/// Where a round over all originals is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    after: (DocumentId, i64),
}

impl Round {
    pub const fn beginning() -> Self {
        Self { after: (DocumentId::new(0), 0) }
    }
}

/// Compares the next originals, up to about so many bytes, and tells of those that are not what was uploaded. `None` at
/// the end of the round. A storage that is away ends it for now.
pub async fn compare_originals(
    parts: &Parts,
    mut round: Round,
    bytes: u64,
) -> Result<Option<Round>, IngestError> {
    let batch = parts.store.read().await?.all_generations(round.after, ROWS).await?;
    let mut compared = 0;
    for stock in &batch {
        let size = u64::try_from(stock.size).unwrap_or(0);
        if compared > 0 && compared + size > bytes {
            return Ok(Some(round));
        }
        compared += size;
        round.after = (stock.document, stock.generation);
        let expected = Expected { sha256: stock.sha256.clone(), size };
        let what = match parts.blobs.verify(&BlobKey::parse(&stock.blob)?, &expected).await {
            Ok(()) => continue,
            Err(BlobError::Damaged(_)) => Mismatch::OriginalDamaged,
            Err(BlobError::Missing) => Mismatch::OriginalMissing,
            Err(error) => return Err(error.into()),
        };
        // Deleted or replaced meanwhile, it is nobody's.
        if !parts.store.read().await?.blob_in_use(&stock.blob).await? {
            continue;
        }
        telemetry::mismatch(what.name(), false);
        tracing::error!(
            document.id = %stock.document,
            generation = stock.generation,
            kind = what.name(),
            "A stored original is not what was uploaded; upload it again"
        );
    }
    Ok((!batch.is_empty()).then_some(round))
}
