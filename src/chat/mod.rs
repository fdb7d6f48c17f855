//! The engine behind every door: questions, answers as they grow, and what is remembered of both.

mod budget;
mod citations;
mod frames;
mod history;
mod language;
mod prompt;

pub use budget::Budget;
pub use language::{LANGUAGES, Language, language_of};

#[cfg(test)]
mod tests {
    use crate::domain::source::Source;

    /// A source that only its file name and text matter of.
    pub(super) fn source(filename: &str, content: &str) -> Source {
        Source {
            id: format!("1:1:{filename}"),
            content: content.to_owned(),
            document: 1.into(),
            filename: filename.to_owned(),
            generation: 1,
            page: None,
            chunk_index: 0,
            start: 0,
            end: i64::try_from(content.chars().count()).unwrap(),
            heading: None,
            score: 1.0,
        }
    }
}
