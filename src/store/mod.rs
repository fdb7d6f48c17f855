//! The truth: the only place with SQL. One statement text runs on SQLite and on Postgres.
//!
//! [`Store::begin`] opens a writing transaction, [`Store::read`] a reading one; both give a [`Tx`], whose methods
//! are the queries. Deliberately absent: repository traits and mocks. Tests run on a real SQLite file and a real
//! Postgres server.

mod chats;
mod connection;
mod documents;
mod error;
mod facts;
mod found;
mod generations;
mod inventory;
mod messages;
mod progress;
mod projects;
pub mod queue;
mod queue_tables;
mod runs;
mod statement;
mod stock;
mod turns;
mod tx;
mod users;
mod vectors_cache;
mod versions;
mod wake;

pub use chats::NewChat;
pub use connection::{Backend, Durability, Pools, Store, StoreSettings};
pub use documents::{DocumentFilter, FoundDocument};
pub use error::StoreError;
pub use found::ShownChunk;
pub use generations::{
    Cancelled, Chunk, Flaw, OpenGeneration, Publication, Published, Refuse, SpooledHeading, SpooledPage,
    next_offset,
};
pub use inventory::{LiveGeneration, MappedChunk};
pub use messages::{FinishedMessage, NewMessage};
pub use progress::Reached;
pub use projects::{Membership, NewProject, ProjectCounts, ProjectSums, RESTORABLE};
pub use queue_tables::{DIALECTS, Dialects, Worker};
pub use runs::{Depth, End, Hold, Postponed, Pulse, Run};
pub use stock::Stock;
pub use turns::{FinishedTurn, NewTurn, OpenTurn, Segment, TurnRecord};
pub use tx::Tx;
pub use users::UserRow;
pub use vectors_cache::{TextHash, VectorCache};
pub use versions::NewVersion;
pub use wake::Queue;

/// Every statement in this module, by name: a test prepares each on both databases.
#[rustfmt::skip]
pub const STATEMENTS: &[&[(&str, &str)]] = &[
    chats::ALL,
    documents::ALL,
    facts::ALL,
    found::ALL,
    generations::ALL,
    inventory::ALL,
    messages::ALL,
    progress::ALL,
    projects::ALL,
    queue::ALL,
    runs::ALL,
    stock::ALL,
    turns::ALL,
    users::ALL,
    versions::ALL,
];

/// One page of a list, and how many there are in all.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub total: i64,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub skip: i64,
    pub limit: i64,
}
