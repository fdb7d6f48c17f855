//! Docent answers questions from a team's documents, with citations, live.

pub mod chat;
pub mod domain;
pub mod models;
