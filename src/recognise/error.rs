//! Why the text of a picture could not be read.

#[derive(Debug, thiserror::Error)]
pub enum RecogniseError {
    /// The file, or the page of it.
    #[error("the picture cannot be read: {0}")]
    Picture(String),
    /// Runtime and models.
    #[error("text recognition is not available: {0}")]
    Unavailable(String),
    #[error("text recognition failed: {0}")]
    Failed(String),
    #[error("{doing}")]
    Io { doing: &'static str, source: std::io::Error },
}

impl RecogniseError {
    pub(crate) fn picture(detail: impl Into<String>) -> Self {
        Self::Picture(detail.into())
    }

    pub(crate) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }
}
