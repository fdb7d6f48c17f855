//! Docent answers questions from a team's documents, with citations, live.
//!
//! This crate puts the layers together; each layer is a crate of its own, shown here under its short name.
//!
//! ```text
//! app, config                  settings → services → router → run until told to stop
//! http   doors   jobs          REST · sockets and named doors · what the queue runs
//! wire                         what clients are sent and send
//! archive  chat  ingest  auth  moving projects · the engine · reading documents · who asks, and what they may
//! retrieve                     from a question to ranked passages
//! rerank                       a model's second look at them
//! store  blobs  vectors  embedding  models  extract  recognise  bus
//! telemetry  confine  words
//! domain                       types and rules, without any IO
//! ```
//!
//! Arrows point down only. `docs/development.md` tells the way of an upload, of a question and of a piece of news file by
//! file, what must always hold, and where a new thing goes.
//!
//! Deliberately absent: repository traits and mocks (tests run on real databases), wire formats in core types, and any
//! reading of the environment below `app`.

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
pub use docent_recognise as recognise;
pub use docent_rerank as rerank;
pub use docent_retrieve as retrieve;
pub use docent_store as store;
pub use docent_telemetry as telemetry;
pub use docent_vectors as vectors;
pub use docent_wire as wire;
pub use docent_words as words;
