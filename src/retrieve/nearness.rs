//! How near passages and texts are to each other in meaning, for what looks at all of them and not at the best few.

use super::{RetrieveError, Retriever};
use docent_domain::{DocumentId, ProjectId};
use docent_vectors::{Hit, SearchQuery};

impl Retriever {
    /// Whether its model tells what texts mean; hashes tell which words they share.
    pub fn knows_meaning(&self) -> bool {
        !self.embedder.info().name.starts_with("hash/")
    }

    /// The passages of a project that are nearest to a text in meaning, nearest first, out of all that the index knows.
    /// What may be shown is for the caller to check.
    pub async fn nearest(
        &self,
        project: ProjectId,
        text: &str,
        documents: Option<&[DocumentId]>,
        limit: usize,
    ) -> Result<Vec<Hit>, RetrieveError> {
        let dense = self.embedder.query(text).await?;
        let hidden = self.library.hidden(project).await?;
        let query =
            SearchQuery { project, dense: Some(&dense), words: None, limit, documents, hidden: &hidden };
        Ok(self.index.search(query).await?.dense)
    }

    /// The vectors of texts, each of length one.
    pub async fn vectors(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, RetrieveError> {
        Ok(self.embedder.passages(texts).await?)
    }
}
