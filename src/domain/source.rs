//! A passage that stands behind an answer.

use super::ids::DocumentId;

/// One passage, as found. `[n]` in an answer means the n-th source of its message.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// `{document}:{generation}:{position}`, stable for as long as that generation is live.
    pub id: String,
    pub content: String,
    pub document: DocumentId,
    pub filename: String,
    pub generation: i64,
    /// 1-based; `None` where the format has no pages.
    pub page: Option<i64>,
    /// 0-based position of the chunk in its document.
    pub chunk_index: i64,
    /// Offsets into the document's stored text, in Unicode code points; `end` is exclusive.
    pub start: i64,
    pub end: i64,
    pub heading: Option<String>,
    /// 0 to 1: the fused score as a share of its possible maximum.
    pub score: f64,
    /// Its document was still being read when this was found: what else stands in it could not be found yet.
    pub partial: bool,
    /// Its document is deleted: only its number and its place are left.
    pub deleted: bool,
}

/// What stands in place of the name of a deleted document.
const DELETED: &str = "deleted document";

impl Source {
    /// Without anything that stood in its document.
    pub fn forget(&mut self) {
        self.content.clear();
        self.heading = None;
        DELETED.clone_into(&mut self.filename);
        self.partial = false;
        self.deleted = true;
    }
}
