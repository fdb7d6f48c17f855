//! What those who answer requests may have done to readings.

use super::check::{Findings, Repair, check};
use super::chunk::ChunkSettings;
use super::error::IngestError;
use super::read::Ingest;
use docent_domain::DocumentId;
use docent_store::StoreError;

/// Compares and tells, without handing out what it works with. Cheap to clone.
#[derive(Clone)]
pub struct Overseer {
    ingest: Ingest,
}

impl Overseer {
    pub const fn new(ingest: Ingest) -> Self {
        Self { ingest }
    }

    /// How documents are cut.
    pub fn chunks(&self) -> ChunkSettings {
        self.ingest.parts().chunks
    }

    /// Holds database, files and index against each other.
    pub async fn check(&self, repair: Repair) -> Result<Findings, IngestError> {
        check(self.ingest.parts(), repair).await
    }

    /// Tells whoever follows the document's project where it stands now.
    pub async fn tell(&self, document: DocumentId) -> Result<(), StoreError> {
        self.ingest.parts().progress.tell_of(document).await
    }
}
