//! What nodes send each other, as JSON.

mod news;
mod pieces;

pub(super) use news::{Content, Letter, Word};
pub(super) use pieces::Bit;
