//! A project as one ZIP file: written for whoever may take it away, read with distrust.
//!
//! An archive holds `manifest.json` (what it is, in which version, and the project), two entries for each document
//! (`documents/1/document.json` and `documents/1/original.pdf`) and one for each chat (`chats/1.jsonl`: the chat in
//! its first line, a message in each one after it). Documents are numbered within the archive, chats and messages,
//! too; no number is an id of any database.
//!
//! Nothing in an archive becomes a path, an id, an owner, a role or a state. Entries are found by what their names
//! mean, whatever means nothing is refused, and nothing is believed about sizes: bytes are counted where they are
//! inflated. Only facts about the file are taken from its directory, one entry at a time, so that a directory of any
//! length costs no memory.
//!
//! Deliberately absent: text, passages and vectors, which are made again from the originals; who the members are; what
//! others than the exporter think of answers.

mod chats;
mod container;
mod error;
mod export;
mod import;
mod parts;
mod text;

pub use container::{Container, Contents};
pub use error::ArchiveError;
pub use export::Export;
pub use import::{Import, Step};
pub use text::ProjectText;

/// How much an archive may ask for. What is not here is fixed: see `container` and `text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one original.
    pub original: u64,
    /// Bytes of the notes on a document, and of a project's settings, as JSON.
    pub metadata: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { original: 100 * 1024 * 1024, metadata: 16 * 1024 }
    }
}
