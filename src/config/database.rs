//! The database.

use super::check::at_least;
use super::declared::declared;
use super::values::Secret;
use docent_store::Durability;

impl Database {
    /// Whether several processes may work with it, which is so on Postgres alone.
    pub fn is_shared(&self) -> bool {
        self.url.reveal().is_some_and(|url| url.starts_with("postgres"))
    }
}

declared! {
    /// The database.
    Database "database" {
        /// `postgres://…`, or `sqlite:path`. Empty: a SQLite file in the data folder.
        url: Secret = "", DATABASE_URL;
        /// Connections: for reading on SQLite, in all on Postgres.
        connections: u32 = 8, DATABASE_CONNECTIONS, at_least(1);
        /// What a commit on SQLite survives: `normal` (a killed process) or `full` (a power cut).
        durability: Durability = "normal", DATABASE_DURABILITY;
    }
}
