//! The search index: dense vectors and weighted terms of chunks, found by meaning and by word.
//!
//! The index is a cache of what the database and the store of vectors know; it decides nothing. It may lag behind
//! (points of a generation that is no longer live), and whoever asks checks each hit against the database.
//! Fusing the two branches is not its task either: it answers with both, raw. Nor does it know words: what a term weighs
//! in a chunk comes with the point, and how rare it is comes with the question, so that no figure of one project ever
//! counts in another.

#[cfg(feature = "embedded")]
mod edge;
mod edge_settings;
mod identity;
mod memory;
mod qdrant;
mod registry;

use std::path::PathBuf;

use async_trait::async_trait;
use uuid::Uuid;

use docent_domain::{Code, Coded, DocumentId, ProjectId};

#[cfg(feature = "embedded")]
pub use edge::EdgeIndex;
pub use edge_settings::EdgeSettings;
pub use identity::IndexModel;
pub use memory::MemoryIndex;
pub use qdrant::{QdrantIndex, QdrantSettings, Quantization};
pub use registry::{IndexSettings, discard, give_up, is_in_use, open};

/// Where chunks are kept for finding them again. One instance is shared by everything in the process.
#[async_trait]
pub trait VectorIndex: Send + Sync + 'static {
    /// Puts points in place of those with the same document, generation and position, so that doing it twice
    /// changes nothing. Waits while the index is busy; returns once searches see the points, which is before they
    /// are safe from a crash: see [`settle`](Self::settle).
    async fn upsert(&self, points: Vec<Point>) -> Result<(), VectorError>;

    /// Returns when everything that `upsert` and `remove_*` returned for is safe from a crash.
    async fn settle(&self) -> Result<(), VectorError>;

    /// The best hits of each branch, best first.
    async fn search(&self, query: SearchQuery<'_>) -> Result<Branches, VectorError>;

    /// Forgets one reading of a document.
    async fn remove_generation(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
    ) -> Result<(), VectorError>;

    /// Forgets everything of a project.
    async fn remove_project(&self, project: ProjectId) -> Result<(), VectorError>;

    /// Reads points back, to take them elsewhere without embedding them again or to see how far a reading came: those
    /// of one reading at the positions asked for, in the order of their positions. What is not there is left out, and
    /// so is what has no embedding yet, and what belongs to another project.
    async fn points(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        positions: &[i64],
    ) -> Result<Vec<StoredPoint>, VectorError>;

    /// How many points there are, all in all or of one project, document, generation.
    async fn count(&self, what: Selection) -> Result<u64, VectorError>;

    /// What is held of each generation, so that what was lost without a word can be told. Nothing where the index is a
    /// store of its own, which looks after itself.
    async fn holdings(&self) -> Result<Vec<Holding>, VectorError> {
        Ok(Vec::new())
    }

    /// For readiness and the operators' pages.
    async fn state(&self) -> IndexState;

    /// Most of it is lost, and is being put there again: searches are refused until that is done, also after a restart.
    fn being_built(&self) {}

    /// Everything is in it again: after damage, searches are refused until this is told.
    fn built_again(&self) {}
}

/// One chunk on its way into the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub project: ProjectId,
    pub document: DocumentId,
    pub generation: i64,
    /// 0-based position of the chunk in its document.
    pub position: i64,
    /// The embedding of the chunk, in the dimension the index was opened with; `None` while it is not computed yet: until
    /// it is put in again with it, the chunk is found by its words alone.
    pub dense: Option<Vec<f32>>,
    /// The chunk's terms and what each weighs, ascending by term.
    pub words: Vec<(u32, f32)>,
}

impl Point {
    /// The same for the same document, generation and position, wherever and whenever it is computed.
    fn id(&self) -> Uuid {
        point_id(self.document, self.generation, self.position)
    }
}

/// A point as the index holds it. Its words cannot be had back; they are in the database.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPoint {
    pub document: DocumentId,
    pub generation: i64,
    pub position: i64,
    /// Of length one, whatever length it had when it was put in: the index compares by cosine and keeps no more than
    /// that needs. Putting it into an index again finds the same.
    pub dense: Vec<f32>,
}

/// A chunk that was found, by the numbers that lead to its row in the database.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub document: DocumentId,
    pub generation: i64,
    pub position: i64,
    /// Cosine (−1 to 1) in the dense branch; the sum over shared terms (from 0, unbounded) in the sparse one.
    pub score: f32,
}

/// What is looked for. A branch without its part of the query finds nothing.
#[derive(Debug, Clone, Copy)]
pub struct SearchQuery<'a> {
    pub project: ProjectId,
    pub dense: Option<&'a [f32]>,
    /// Terms and what each is worth, ascending by term; none at all find nothing.
    pub words: Option<&'a [(u32, f32)]>,
    /// Hits per branch.
    pub limit: usize,
    /// Only these documents; an empty list finds nothing.
    pub documents: Option<&'a [DocumentId]>,
    /// Generations that must not be found: those still being built, and those that wait to be swept out.
    pub hidden: &'a [(DocumentId, i64)],
}

/// What each branch found, best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Branches {
    pub dense: Vec<Hit>,
    pub sparse: Vec<Hit>,
}

/// Which points are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    pub project: Option<ProjectId>,
    pub document: Option<DocumentId>,
    pub generation: Option<i64>,
}

impl Selection {
    pub const fn everything() -> Self {
        Self { project: None, document: None, generation: None }
    }

    pub const fn project(project: ProjectId) -> Self {
        Self { project: Some(project), document: None, generation: None }
    }

    pub const fn generation(project: ProjectId, document: DocumentId, generation: i64) -> Self {
        Self { project: Some(project), document: Some(document), generation: Some(generation) }
    }
}

/// Points of a generation, and how many of them have a vector, and words. A killed process may have left a point twice:
/// these are at least as many as searches find, and not always as few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    pub document: DocumentId,
    pub generation: i64,
    pub points: u64,
    pub dense: u64,
    pub words: u64,
}

/// How the index is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexState {
    /// What is wrong, and `None` while it serves.
    pub trouble: Option<String>,
    pub points: u64,
    /// 0 where it is not ours to know.
    pub disk_bytes: u64,
    /// True while the index is being reorganised; searches go on.
    pub optimizing: bool,
    /// Where a damaged index was put at the start of this process, which began a new one.
    pub set_aside: Option<PathBuf>,
    /// It lacks what was in a damaged or a lost one; until it is built again, searches are refused.
    pub incomplete: bool,
}

/// Why the index did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    #[error("a vector of {found} numbers was given, the index holds vectors of {expected}")]
    Dimension { expected: usize, found: usize },
    #[error("a vector holds something that is not a number")]
    NotFinite,
    #[error(
        "the index was built with `{recorded}`, but `{configured}` is configured; set the model back, or run \
         `docent reindex` to build the index anew"
    )]
    ModelMismatch { recorded: IndexModel, configured: IndexModel },
    #[error("`{}` is in use by another process; only one may own the embedded index", path.display())]
    InUse { path: PathBuf },
    #[error(
        "this program was built without the embedded index (the cargo feature `embedded`): set QDRANT_URL to a Qdrant \
         server"
    )]
    NotBuilt,
    #[error("the search index cannot be reached: {0}")]
    Unavailable(String),
    /// As [`Unavailable`](Self::Unavailable) to whoever asks; but waiting helps only once somebody has changed it.
    #[error("the search index cannot be used: {0}")]
    Unfit(String),
    #[error("the search index is damaged: {0}")]
    Damaged(String),
    #[error("the search index failed: {0}")]
    Engine(String),
    #[error("the search index has no room: {0}")]
    Full(String),
    #[error("the search index could not be read or written")]
    Io(#[from] std::io::Error),
}

impl Coded for VectorError {
    fn code(&self) -> Code {
        match self {
            Self::Dimension { .. } | Self::NotFinite | Self::Engine(_) | Self::Damaged(_) => Code::Internal,
            Self::ModelMismatch { .. } | Self::InUse { .. } => Code::Conflict,
            Self::Unavailable(_) | Self::Unfit(_) | Self::NotBuilt => Code::RetrievalUnavailable,
            Self::Full(_) => Code::DiskFull,
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => Code::DiskFull,
            Self::Io(_) => Code::Internal,
        }
    }
}

fn point_id(document: DocumentId, generation: i64, position: i64) -> Uuid {
    const NAMESPACE: Uuid = Uuid::from_u128(0x0f5b_6d2e_8c41_4b3e_9a77_52d1_c0a8_11fe);
    let mut name = [0_u8; 24];
    name[..8].copy_from_slice(&document.get().to_be_bytes());
    name[8..16].copy_from_slice(&generation.to_be_bytes());
    name[16..].copy_from_slice(&position.to_be_bytes());
    Uuid::new_v5(&NAMESPACE, &name)
}

/// Positions in order, each once.
fn ascending(positions: &[i64]) -> Vec<i64> {
    let mut positions = positions.to_vec();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Refuses what no engine complains about by itself, or only too late.
fn check_vector(vector: &[f32], dimension: usize) -> Result<(), VectorError> {
    if vector.len() != dimension {
        return Err(VectorError::Dimension { expected: dimension, found: vector.len() });
    }
    if vector.iter().all(|number| number.is_finite()) { Ok(()) } else { Err(VectorError::NotFinite) }
}

/// Checks every vector of a batch before any of it is applied.
fn check_points(points: &[Point], dimension: usize) -> Result<(), VectorError> {
    points.iter().try_for_each(|point| {
        let finite = point.words.iter().all(|(_, weight)| weight.is_finite());
        let dense = point.dense.as_deref().map_or(Ok(()), |dense| check_vector(dense, dimension));
        dense.and(if finite { Ok(()) } else { Err(VectorError::NotFinite) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(document: i64, generation: i64, position: i64) -> Point {
        Point {
            project: ProjectId::from(1),
            document: DocumentId::from(document),
            generation,
            position,
            dense: Some(vec![1.0, 0.0]),
            words: Vec::new(),
        }
    }

    #[test]
    fn the_id_of_a_point_never_changes() {
        // Indexes on disk depend on it.
        insta::assert_snapshot!(point(7, 2, 41).id(), @"c93c7c63-a5b6-583f-ac52-6a8186caa466");
    }

    #[test]
    fn ids_tell_document_generation_and_position_apart() {
        let ids = [point(1, 1, 1), point(2, 1, 1), point(1, 2, 1), point(1, 1, 2)].map(|point| point.id());
        for (n, id) in ids.iter().enumerate() {
            assert!(!ids[..n].contains(id), "{ids:?}");
        }
    }

    #[test]
    fn vectors_that_would_spoil_the_index_are_refused() {
        assert!(matches!(check_vector(&[0.0, f32::NAN], 2), Err(VectorError::NotFinite)));
        assert!(matches!(check_vector(&[0.0, f32::INFINITY], 2), Err(VectorError::NotFinite)));
        assert!(matches!(check_vector(&[0.0], 2), Err(VectorError::Dimension { expected: 2, found: 1 })));
        assert!(check_vector(&[0.6, 0.8], 2).is_ok());
    }
}
