//! The kinds of index there are, one line each.

use std::sync::Arc;

#[cfg(feature = "embedded")]
use super::EdgeIndex;
use super::{EdgeSettings, IndexModel, MemoryIndex, QdrantIndex, QdrantSettings, VectorError, VectorIndex};

/// Which index, and where.
#[derive(Debug, Clone)]
pub enum IndexSettings {
    Edge(EdgeSettings),
    Memory(IndexModel),
    Qdrant(QdrantSettings),
}

/// Opens or begins the index that the settings name, and compares the model it was built with.
pub async fn open(settings: IndexSettings) -> Result<Arc<dyn VectorIndex>, VectorError> {
    Ok(match settings {
        #[cfg(not(feature = "embedded"))]
        IndexSettings::Edge(_) => return Err(VectorError::NotBuilt),
        #[cfg(feature = "embedded")]
        IndexSettings::Edge(settings) => {
            let opening = tokio::task::spawn_blocking(|| EdgeIndex::open(settings));
            Arc::new(opening.await.map_err(|error| VectorError::Engine(error.to_string()))??)
        }
        IndexSettings::Memory(model) => Arc::new(MemoryIndex::new(model.dimension)),
        IndexSettings::Qdrant(settings) => Arc::new(QdrantIndex::open(settings).await?),
    })
}

/// Whether some process has the embedded index in that folder open.
#[cfg(feature = "embedded")]
pub fn is_in_use(folder: &std::path::Path) -> bool {
    folder.is_dir() && matches!(EdgeIndex::is_free(folder), Err(VectorError::InUse { .. }))
}

/// Without the embedded index in this program, whether one is open elsewhere is not known.
#[cfg(not(feature = "embedded"))]
pub const fn is_in_use(_folder: &std::path::Path) -> bool {
    false
}

/// Throws the index away, whatever model it was built with, so that the next [`open`] begins an empty one:
/// the first step of `docent reindex`. An embedded index must not be open anywhere.
pub async fn discard(settings: &IndexSettings) -> Result<(), VectorError> {
    match settings {
        #[cfg(not(feature = "embedded"))]
        IndexSettings::Edge(_) => Err(VectorError::NotBuilt),
        #[cfg(feature = "embedded")]
        IndexSettings::Edge(settings) => EdgeIndex::discard(settings),
        IndexSettings::Memory(_) => Ok(()),
        IndexSettings::Qdrant(settings) => QdrantIndex::discard(settings).await,
    }
}
