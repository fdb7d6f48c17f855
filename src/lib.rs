//! Docent answers questions from a team's documents, with citations, live.

pub mod domain;
pub mod extract;
