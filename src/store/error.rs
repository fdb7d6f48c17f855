//! What can go wrong in the store, sorted by what the caller can do about it.

use std::path::PathBuf;

use docent_domain::{Code, Coded};

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database cannot be reached")]
    Unavailable(#[source] sqlx::Error),
    #[error("the database has no room left")]
    Full(#[source] sqlx::Error),
    #[error("somebody else made the same thing at the same moment")]
    Duplicate(#[source] sqlx::Error),
    #[error("the database refused a statement")]
    Statement(#[source] sqlx::Error),
    #[error("the database holds `{value}` where {expected} belongs")]
    Unreadable { value: String, expected: &'static str },
    #[error("the queue refused an entry")]
    Queue(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the database could not be brought up to date; a newer version of the program may have used it")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("cannot use the folder {path}")]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("`{0}` is no database address; use postgres://user:password@host/name or sqlite:path")]
    Address(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            // A connection that is about to be replaced.
            | sqlx::Error::InvalidSavePointStatement
            | sqlx::Error::BeginFailed
            | sqlx::Error::Tls(_) => Self::Unavailable(error),
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Duplicate(error),
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // SQLITE_FULL, and no room for the shared memory beside the log; Postgres: disk full.
                Some("13" | "4874" | "53100") => Self::Full(error),
                // SQLITE_BUSY and its kin; Postgres: shutting down, cannot connect now, too many connections.
                Some("5" | "261" | "517" | "57P01" | "57P02" | "57P03" | "53300") => Self::Unavailable(error),
                _ => Self::Statement(error),
            },
            _ => Self::Statement(error),
        }
    }
}

impl Coded for StoreError {
    fn code(&self) -> Code {
        match self {
            Self::Unavailable(_) => Code::StorageUnavailable,
            Self::Full(_) => Code::DiskFull,
            Self::Duplicate(_) => Code::Conflict,
            Self::Statement(_)
            | Self::Unreadable { .. }
            | Self::Queue(_)
            | Self::Migration(_)
            | Self::Folder { .. }
            | Self::Address(_) => Code::Internal,
        }
    }
}

/// Reads a word of the database back into its enum.
pub(super) fn word<T>(found: Option<T>, value: &str, expected: &'static str) -> Result<T, StoreError> {
    found.ok_or_else(|| StoreError::Unreadable { value: value.to_owned(), expected })
}
