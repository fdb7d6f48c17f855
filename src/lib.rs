//! Docent answers questions from a team's documents, with citations, live.

pub mod app;
pub mod config;

pub use docent_archive as archive;
pub use docent_auth as auth;
pub use docent_blobs as blobs;
pub use docent_bus as bus;
pub use docent_chat as chat;
pub use docent_domain as domain;
pub use docent_doors as doors;
pub use docent_embedding as embedding;
pub use docent_extract as extract;
pub use docent_http as http;
pub use docent_ingest as ingest;
pub use docent_jobs as jobs;
pub use docent_models as models;
pub use docent_retrieve as retrieve;
pub use docent_store as store;
pub use docent_telemetry as telemetry;
pub use docent_vectors as vectors;
pub use docent_wire as wire;
