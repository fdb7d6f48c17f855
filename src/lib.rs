//! Docent answers questions from a team's documents, with citations, live.

pub mod app;
pub mod archive;
pub mod auth;
pub mod blobs;
pub mod bus;
pub mod chat;
pub mod config;
pub mod domain;
pub mod doors;
pub mod embedding;
pub mod extract;
pub mod http;
pub mod ingest;
pub mod jobs;
pub mod models;
pub mod retrieve;
pub mod store;
pub mod telemetry;
pub mod vectors;
