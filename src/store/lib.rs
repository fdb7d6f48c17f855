//! The truth: the only place with SQL. One statement text runs on SQLite and on Postgres.
//!
//! [`Store::begin`] opens a writing transaction, [`Store::read`] a reading one; both give a [`Tx`], whose methods
//! are the queries. What answers requests gets both from [`Store::for_callers`], with only the methods that are safe
//! in a request's hands. Deliberately absent: repository traits and mocks. Tests run on a real SQLite file and a real
//! Postgres server.

mod allowances;
mod assistants;
mod audit;
mod chats;
mod cited;
mod connection;
mod digests;
mod documents;
mod entities;
mod error;
mod facts;
mod feedback;
mod found;
mod generations;
mod history;
mod imports;
mod inventory;
mod marks;
mod measure;
mod members;
mod messages;
mod moving;
mod overview;
mod progress;
mod projects;
mod publishing;
pub mod queue;
mod queue_tables;
mod requests;
mod rights;
mod runs;
mod sessions;
mod side;
mod sights;
mod statement;
mod stock;
mod sweeping;
mod tables;
mod turns;
mod tx;
mod users;
mod vectors_cache;
mod versions;
mod visitors;
mod wake;
mod wanted;
mod words;

pub use allowances::Used;
pub use assistants::RoomChoice;
pub use audit::{AuditFilter, AuditRow, NewAudit};
pub use chats::{FoundChat, NewChat};
pub use cited::without_examined;
pub use connection::{Backend, Durability, Pools, Store, StoreSettings};
pub use digests::{Digest, DigestKey};
pub use documents::{DocumentFilter, FoundDocument};
pub use entities::Entity;
pub use error::StoreError;
pub use feedback::FeedbackCounts;
pub use found::{Shelved, ShownChunk, ShownGeneration};
pub use generations::{Chunk, Flaw, OpenGeneration, SpooledHeading, SpooledPage, next_offset};
pub use imports::{ImportRow, Made, RestoredChat, RestoredMessage, Turn};
pub use inventory::MappedChunk;
pub use marks::{Mark, Marked};
pub use members::{Belonging, Member};
pub use messages::{FinishedMessage, NewMessage};
pub use moving::{Copied, KnownFile, LEFT_OUT, TABLES, is_in_use};
pub use overview::{UnderWay, Unresolved};
pub use progress::Reached;
pub use projects::{Membership, NewProject, ProjectCounts, ProjectSums, RESTORABLE};
pub use publishing::{Cancelled, Publication, Published};
pub use queue_tables::{DIALECTS, Dialects, Worker};
pub use requests::{KeyedRequest, Repeat};
pub use runs::{Depth, End, Hold, Postponed, Pulse, Run, RunFilter};
pub use sessions::{ApiKeyRow, NewApiKey, RefreshRow};
pub use side::{ForCallers, ForOperators, ForServer, Names, Operates, Seen, Side};
pub use sights::PageSight;
pub use stock::Stock;
pub use sweeping::Refuse;
pub use tables::ShownTable;
pub use turns::{FinishedTurn, NewTurn, OpenTurn, Segment, TurnRecord};
pub use tx::Tx;
pub use users::{NewUser, UserRow};
pub use vectors_cache::{TextHash, VectorCache};
pub use versions::NewVersion;
pub use wake::Queue;
pub use wanted::Spot;
pub use words::{PART, WordTotal};

/// Every statement in this module, by name: a test prepares each on both databases.
#[rustfmt::skip]
pub const STATEMENTS: &[&[(&str, &str)]] = &[
    allowances::ALL,
    assistants::ALL,
    audit::ALL,
    chats::ALL,
    cited::ALL,
    digests::ALL,
    documents::ALL,
    entities::ALL,
    facts::ALL,
    feedback::ALL,
    found::ALL,
    generations::ALL,
    sights::ALL,
    tables::ALL,
    imports::ALL,
    history::ALL,
    inventory::ALL,
    members::ALL,
    marks::ALL,
    measure::ALL,
    messages::ALL,
    moving::ALL,
    overview::ALL,
    progress::ALL,
    projects::ALL,
    publishing::ALL,
    queue::ALL,
    requests::ALL,
    rights::ALL,
    runs::ALL,
    sessions::ALL,
    stock::ALL,
    sweeping::ALL,
    turns::ALL,
    users::ALL,
    versions::ALL,
    visitors::ALL,
    wanted::ALL,
    words::ALL,
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
