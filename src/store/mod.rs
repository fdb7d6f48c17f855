//! The truth: the only place with SQL. One statement text runs on SQLite and on Postgres.
//!
//! [`Store::begin`] opens a writing transaction, [`Store::read`] a reading one; both give a [`Tx`], whose methods
//! are the queries. Deliberately absent: repository traits and mocks. Tests run on a real SQLite file and a real
//! Postgres server.

mod connection;
mod documents;
mod error;
mod facts;
mod projects;
pub mod queue;
mod statement;
mod tx;
mod users;

pub use connection::{Backend, Durability, Pools, Store, StoreSettings};
pub use documents::{DocumentFilter, FoundDocument, NewVersion};
pub use error::StoreError;
pub use projects::{Membership, NewProject, ProjectCounts, ProjectSums, RESTORABLE};
pub use tx::Tx;
pub use users::UserRow;

/// Every statement in this module, by name: a test prepares each on both databases.
#[rustfmt::skip]
pub const STATEMENTS: &[&[(&str, &str)]] = &[
    documents::ALL,
    facts::ALL,
    projects::ALL,
    queue::ALL,
    users::ALL,
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
