//! What retrieval has to know about chunks, and only the database can say.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;

use super::asked::{Spoken, is_tabular};
use super::{ChunkKey, RetrieveError};
use docent_domain::{DocumentId, ProjectId, Scope};
use docent_store::{ShownChunk, ShownGeneration, Store};
use docent_words::Language;

/// Where hits are looked up: the database, or what stands in for it while retrieval is measured.
#[async_trait]
pub trait Library: Send + Sync + 'static {
    /// The project's generations that the index may hold but nobody may find: new versions that are being read, and what waits
    /// to be swept out.
    async fn hidden(&self, project: ProjectId) -> Result<Vec<(DocumentId, i64)>, RetrieveError>;

    /// The languages of the project's chunks, with how many there are in each.
    async fn spoken(&self, project: ProjectId) -> Result<Vec<Spoken>, RetrieveError>;

    /// In how many of the project's chunks each term stands; those that stand in none may be left out.
    async fn holding(&self, project: ProjectId, terms: &[u32]) -> Result<HashMap<u32, i64>, RetrieveError>;

    /// For those of the documents that the scope may see in the project, the generation that searches show.
    async fn live(
        &self,
        scope: &Scope,
        project: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, ShownGeneration>, RetrieveError>;

    /// Those of the chunks that searches show at this moment, in any order.
    async fn chunks(
        &self,
        scope: &Scope,
        project: ProjectId,
        keys: &[ChunkKey],
    ) -> Result<Vec<LiveChunk>, RetrieveError>;

    /// Those of the chunks that the scope may see in the project that are in another language than `language`. Rows of figures and names are in none.
    async fn foreign(
        &self,
        scope: &Scope,
        project: ProjectId,
        keys: &[ChunkKey],
        language: Language,
    ) -> Result<HashSet<ChunkKey>, RetrieveError>;
}

/// A chunk as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveChunk {
    pub key: ChunkKey,
    pub filename: String,
    pub content: String,
    /// 1-based; `None` where the format has no pages.
    pub page: Option<i64>,
    /// What its document calls itself.
    pub title: Option<String>,
    pub heading: Option<String>,
    /// The names of the columns of the rows that it begins with, where their header stands before it.
    pub header: Option<String>,
    /// The language it was read in.
    pub language: Option<Language>,
    /// Offsets into the document's text, in code points; `end` is exclusive.
    pub start: i64,
    pub end: i64,
    /// Its document is still being read: it may be known by its words alone as yet.
    pub partial: bool,
}

#[cfg(test)]
impl LiveChunk {
    /// One of nothing but its text.
    pub(super) fn saying(document: i64, filename: &str, content: &str) -> Self {
        Self {
            key: ChunkKey { document: document.into(), generation: 1, position: 0 },
            filename: filename.to_owned(),
            content: content.to_owned(),
            page: None,
            title: None,
            heading: None,
            header: None,
            language: None,
            start: 0,
            end: 0,
            partial: false,
        }
    }
}

#[async_trait]
impl Library for Store {
    async fn hidden(&self, project: ProjectId) -> Result<Vec<(DocumentId, i64)>, RetrieveError> {
        Ok(self.read().await?.hidden_generations(project).await?)
    }

    async fn spoken(&self, project: ProjectId) -> Result<Vec<Spoken>, RetrieveError> {
        let totals = self.read().await?.word_totals(project).await?;
        Ok(totals.into_iter().map(|total| (Language::by_code(&total.language), total.chunks)).collect())
    }

    async fn holding(&self, project: ProjectId, terms: &[u32]) -> Result<HashMap<u32, i64>, RetrieveError> {
        Ok(self.read().await?.holding(project, terms).await?)
    }

    async fn live(
        &self,
        scope: &Scope,
        project: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, ShownGeneration>, RetrieveError> {
        Ok(self.read().await?.live_generations(scope, project, documents).await?)
    }

    async fn chunks(
        &self,
        scope: &Scope,
        project: ProjectId,
        keys: &[ChunkKey],
    ) -> Result<Vec<LiveChunk>, RetrieveError> {
        let triples: Vec<_> = keys.iter().map(|key| (key.document, key.generation, key.position)).collect();
        let found = self.read().await?.live_chunks(scope, project, &triples).await?;
        Ok(found.into_iter().map(LiveChunk::from).collect())
    }

    async fn foreign(
        &self,
        scope: &Scope,
        project: ProjectId,
        keys: &[ChunkKey],
        language: Language,
    ) -> Result<HashSet<ChunkKey>, RetrieveError> {
        let triples: Vec<_> = keys.iter().map(|key| (key.document, key.generation, key.position)).collect();
        let found = self.read().await?.chunks_in_others(scope, project, &triples, language.code()).await?;
        let texts = found.into_iter().filter(|(_, text)| !is_tabular(text));
        let key = |((document, generation, position), _)| ChunkKey { document, generation, position };
        Ok(texts.map(key).collect())
    }
}

impl From<ShownChunk> for LiveChunk {
    fn from(row: ShownChunk) -> Self {
        let key = ChunkKey {
            document: DocumentId::from(row.document_id),
            generation: row.generation,
            position: row.position,
        };
        Self {
            key,
            filename: row.filename,
            content: row.text,
            page: row.page,
            title: row.title,
            heading: row.heading,
            header: row.header,
            language: row.language.as_deref().and_then(Language::by_code),
            start: row.start_offset,
            end: row.end_offset,
            partial: row.partial,
        }
    }
}
