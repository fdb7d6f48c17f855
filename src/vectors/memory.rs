//! Everything in memory, compared with everything: exact, forgetful, and good for a few thousand chunks.
//!
//! A product option for trying things out and for tests; it also says what the engines should have found.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    Branches, Hit, IndexState, Point, SearchQuery, Selection, StoredPoint, VectorError, VectorIndex,
    ascending, check_points, check_vector, point_id,
};
use docent_domain::{DocumentId, ProjectId};

/// An index that is gone when the process ends.
#[derive(Debug)]
pub struct MemoryIndex {
    dimension: usize,
    held: RwLock<Held>,
}

#[derive(Debug, Default)]
struct Held {
    rows: HashMap<Uuid, Row>,
}

#[derive(Debug)]
struct Row {
    /// Of length one.
    dense: Option<Vec<f32>>,
    words: Vec<(u32, f32)>,
    project: ProjectId,
    document: DocumentId,
    generation: i64,
    position: i64,
}

impl MemoryIndex {
    pub fn new(dimension: usize) -> Self {
        Self { dimension, held: RwLock::default() }
    }

    fn read<T>(&self, work: impl FnOnce(&Held) -> T) -> T {
        work(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, work: impl FnOnce(&mut Held)) {
        work(&mut self.held.write().unwrap_or_else(PoisonError::into_inner));
    }
}

#[async_trait]
impl VectorIndex for MemoryIndex {
    async fn upsert(&self, points: Vec<Point>) -> Result<(), VectorError> {
        check_points(&points, self.dimension)?;
        self.write(|held| {
            for point in points {
                held.rows.insert(point.id(), Row::from(point));
            }
        });
        Ok(())
    }

    async fn settle(&self) -> Result<(), VectorError> {
        Ok(())
    }

    async fn search(&self, query: SearchQuery<'_>) -> Result<Branches, VectorError> {
        if let Some(dense) = query.dense {
            check_vector(dense, self.dimension)?;
        }
        Ok(self.read(|held| Branches {
            dense: query.dense.map_or_else(Vec::new, |vector| held.nearest(&query, vector)),
            sparse: query.words.map_or_else(Vec::new, |words| held.matching(&query, words)),
        }))
    }

    async fn remove_generation(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
    ) -> Result<(), VectorError> {
        let what = Selection::generation(project, document, generation);
        self.write(|held| held.rows.retain(|_, row| !row.is_of(what)));
        Ok(())
    }

    async fn remove_project(&self, project: ProjectId) -> Result<(), VectorError> {
        self.write(|held| held.rows.retain(|_, row| row.project != project));
        Ok(())
    }

    async fn points(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        positions: &[i64],
    ) -> Result<Vec<StoredPoint>, VectorError> {
        let ids = ascending(positions).into_iter().map(|position| point_id(document, generation, position));
        Ok(self.read(|held| {
            let rows = ids.filter_map(|id| held.rows.get(&id)).filter(|row| row.project == project);
            rows.filter_map(Row::stored).collect()
        }))
    }

    async fn count(&self, what: Selection) -> Result<u64, VectorError> {
        Ok(self.read(|held| held.rows.values().filter(|row| row.is_of(what)).count()) as u64)
    }

    async fn state(&self) -> IndexState {
        IndexState { points: self.read(|held| held.rows.len()) as u64, ..IndexState::default() }
    }
}

impl Held {
    fn nearest(&self, query: &SearchQuery<'_>, vector: &[f32]) -> Vec<Hit> {
        let vector = unit(vector.to_vec());
        let near = |row: &Row| Some(row.hit(dot(row.dense.as_deref()?, &vector)));
        best(query, self.allowed(query).filter_map(near))
    }

    fn matching(&self, query: &SearchQuery<'_>, words: &[(u32, f32)]) -> Vec<Hit> {
        let asked: HashMap<u32, f32> = words.iter().copied().collect();
        let scored = self.allowed(query).map(|row| {
            row.hit(row.words.iter().filter_map(|(term, weight)| Some(asked.get(term)? * weight)).sum())
        });
        best(query, scored.filter(|hit| hit.score > 0.0))
    }

    fn allowed<'a>(&'a self, query: &'a SearchQuery<'_>) -> impl Iterator<Item = &'a Row> {
        self.rows.values().filter(|row| {
            row.project == query.project
                && query.documents.is_none_or(|documents| documents.contains(&row.document))
                && !query.hidden.contains(&(row.document, row.generation))
        })
    }
}

impl From<Point> for Row {
    fn from(point: Point) -> Self {
        Self {
            dense: point.dense.map(unit),
            words: point.words,
            project: point.project,
            document: point.document,
            generation: point.generation,
            position: point.position,
        }
    }
}

impl Row {
    fn is_of(&self, what: Selection) -> bool {
        what.project.is_none_or(|project| project == self.project)
            && what.document.is_none_or(|document| document == self.document)
            && what.generation.is_none_or(|generation| generation == self.generation)
    }

    fn stored(&self) -> Option<StoredPoint> {
        Some(StoredPoint {
            document: self.document,
            generation: self.generation,
            position: self.position,
            dense: self.dense.clone()?,
        })
    }

    fn hit(&self, score: f32) -> Hit {
        Hit { document: self.document, generation: self.generation, position: self.position, score }
    }
}

/// The best first; equals in the order of their documents, so that the same question has the same answer.
fn best(query: &SearchQuery<'_>, hits: impl Iterator<Item = Hit>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = hits.collect();
    let place = |hit: &Hit| (hit.document, hit.generation, hit.position);
    hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b))));
    hits.truncate(query.limit);
    hits
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|number| *number /= length);
    }
    vector
}
