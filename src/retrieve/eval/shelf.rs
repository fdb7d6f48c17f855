//! The words and texts of a dataset, in the database's place.

use std::collections::{HashMap, HashSet};

use super::{Dataset, Document, point};
use crate::{ChunkKey, Library, LiveChunk, RetrieveError, Spoken};
use docent_domain::{DocumentId, ProjectId, Scope};
use docent_embedding::Embedder;
use docent_store::ShownGeneration;
use docent_vectors::VectorIndex;
use docent_words::{Fields, Language, detect, passage, split_name};

/// What the database would know.
pub struct Shelf {
    pub(super) fields: Vec<Fields>,
    chunks: Vec<LiveChunk>,
    spoken: Vec<Spoken>,
    holding: HashMap<u32, i64>,
    mean: f32,
}

impl Dataset {
    /// Puts every document into the index, as one chunk each; returns what the database would know of them.
    pub async fn index(
        &self,
        index: &dyn VectorIndex,
        embedder: &dyn Embedder,
    ) -> Result<Shelf, RetrieveError> {
        let shelf = Shelf::of(self);
        for (n, batch) in self.documents.chunks(64).enumerate() {
            let texts: Vec<String> = batch.iter().map(Document::embedded).collect();
            let vectors = embedder.passages(&texts).await?;
            let points = vectors.into_iter().enumerate().map(|(m, dense)| {
                let number = n * 64 + m;
                point(number, dense, shelf.fields[number].weights(shelf.mean))
            });
            index.upsert(points.collect()).await?;
        }
        index.settle().await?;
        Ok(shelf)
    }
}

impl Shelf {
    fn of(dataset: &Dataset) -> Self {
        let mut spoken = HashMap::<Option<Language>, i64>::new();
        let mut holding: HashMap<u32, i64> = HashMap::new();
        let (mut fields, mut chunks, mut length) = (Vec::new(), Vec::new(), 0.0);
        for (number, document) in dataset.documents.iter().enumerate() {
            let language = detect(&document.text);
            let field = Fields {
                body: passage(&document.text, language),
                name: passage(&split_name(&document.name), language),
                title: passage(&document.title, language),
                ..Fields::default()
            };
            field.terms().into_iter().for_each(|term| *holding.entry(term).or_default() += 1);
            *spoken.entry(language).or_default() += 1;
            length += field.body.length;
            fields.push(field);
            chunks.push(chunk(number, document, language));
        }
        let count = i64::try_from(fields.len()).unwrap_or(i64::MAX);
        #[expect(clippy::cast_possible_truncation, reason = "far fewer than 2^53 words")]
        let mean = Fields::mean(count, length.round() as i64);
        Self { fields, chunks, spoken: spoken.into_iter().collect(), holding, mean }
    }
}

fn chunk(number: usize, document: &Document, language: Option<Language>) -> LiveChunk {
    let document_id = DocumentId::from(i64::try_from(number).unwrap_or(i64::MAX));
    LiveChunk {
        key: ChunkKey { document: document_id, generation: 1, position: 0 },
        filename: document.name.clone(),
        content: document.text.clone(),
        page: None,
        title: (!document.title.is_empty()).then(|| document.title.clone()),
        heading: None,
        header: None,
        language,
        start: 0,
        end: i64::try_from(document.text.chars().count()).unwrap_or(i64::MAX),
        partial: false,
    }
}

#[async_trait::async_trait]
impl Library for Shelf {
    async fn hidden(&self, _: ProjectId) -> Result<Vec<(DocumentId, i64)>, RetrieveError> {
        Ok(Vec::new())
    }

    async fn spoken(&self, _: ProjectId) -> Result<Vec<Spoken>, RetrieveError> {
        Ok(self.spoken.clone())
    }

    async fn holding(&self, _: ProjectId, terms: &[u32]) -> Result<HashMap<u32, i64>, RetrieveError> {
        Ok(terms.iter().filter_map(|term| Some((*term, *self.holding.get(term)?))).collect())
    }

    async fn live(
        &self,
        _: &Scope,
        _: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, ShownGeneration>, RetrieveError> {
        Ok(documents
            .iter()
            .map(|document| (*document, ShownGeneration { generation: 1, partial: false }))
            .collect())
    }

    async fn chunks(
        &self,
        _: &Scope,
        _: ProjectId,
        keys: &[ChunkKey],
    ) -> Result<Vec<LiveChunk>, RetrieveError> {
        let number = |key: &ChunkKey| usize::try_from(key.document.get()).ok();
        Ok(keys.iter().filter_map(|key| self.chunks.get(number(key)?).cloned()).collect())
    }

    async fn foreign(
        &self,
        _: &Scope,
        _: ProjectId,
        keys: &[ChunkKey],
        language: Language,
    ) -> Result<HashSet<ChunkKey>, RetrieveError> {
        let number = |key: &ChunkKey| usize::try_from(key.document.get()).ok();
        let of = |key: &ChunkKey| self.chunks.get(number(key)?)?.language;
        Ok(keys.iter().filter(|key| of(key).is_some_and(|own| own != language)).copied().collect())
    }
}
