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

/// Between two looks at whether an index is let go of.
#[cfg(feature = "embedded")]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

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

/// Sets an index aside that opens and has lost some of what was put into it: where it is now. The next [`open`] begins
/// one in its place. Waits for whoever still tidies it up; nothing is done to what others keep.
pub async fn give_up(settings: &IndexSettings) -> Result<Option<std::path::PathBuf>, VectorError> {
    match settings {
        #[cfg(feature = "embedded")]
        IndexSettings::Edge(settings) => loop {
            match EdgeIndex::give_up(settings) {
                Err(VectorError::InUse { .. }) => tokio::time::sleep(PAUSE).await,
                done => return done.map(Some),
            }
        },
        _ => Ok(None),
    }
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
