//! Docent answers questions from a team's documents, with citations, live.

pub mod auth;
pub mod blobs;
pub mod bus;
pub mod domain;
pub mod http;
pub mod store;
