//! Opening the database, bringing it up to date, and handing out transactions.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgPool, SqliteConnection, SqlitePool};
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::error::StoreError;
use super::side::{ForCallers, ForOperators, ForServer, Side};
use super::tx::Tx;
use super::wake::{Bells, Queue, relay};
use docent_domain::Scope;
use docent_domain::job::RetryPolicy;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Which engine keeps the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// One file, one process.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl Backend {
    /// Reads `DATABASE_URL`.
    pub fn parse(address: &str) -> Result<Self, StoreError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Self::Postgres(address.to_owned()));
        }
        let path = address.strip_prefix("sqlite:").map(|rest| rest.trim_start_matches("//"));
        match path {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(StoreError::Address(docent_domain::mask::set_address(address))),
        }
    }
}

/// What a commit survives on SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// A killed process.
    #[default]
    Normal,
    /// A power cut, too; each commit waits for the disk.
    Full,
}

#[derive(Debug, Clone)]
pub struct StoreSettings {
    pub backend: Backend,
    pub durability: Durability,
    /// Connections for reading (SQLite), or in all (Postgres).
    pub connections: u32,
    /// How often a failing reading is tried: told with a document's progress.
    pub max_attempts: i64,
}

impl StoreSettings {
    pub const fn new(backend: Backend) -> Self {
        let max_attempts = RetryPolicy::DEFAULT.max_attempts;
        Self { backend, durability: Durability::Normal, connections: 8, max_attempts }
    }
}

/// The pools behind the store; the queue shares the writing one.
#[derive(Debug, Clone)]
pub enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// A handle on the database, on behalf of `S`; clones share its connections.
#[derive(Debug, Clone)]
pub struct Store<S = ForServer> {
    pub(super) pools: Pools,
    bells: Bells,
    /// Where other processes work with this database, too: what hears of their work.
    relay: Arc<OnceLock<AbortHandle>>,
    max_attempts: i64,
    side: PhantomData<S>,
}

impl Store {
    /// Connects, creates what is missing, and brings the schema up to date. A schema newer than this program is an error.
    pub async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let pools = match &settings.backend {
            Backend::Sqlite(path) => open_sqlite(path, settings).await?,
            Backend::Postgres(address) => open_postgres(address, settings.connections).await?,
        };
        let store = Self {
            pools,
            bells: Bells::new(),
            relay: Arc::default(),
            max_attempts: settings.max_attempts,
            side: PhantomData,
        };
        store.migrate().await?;
        Ok(store)
    }

    /// For those who answer people's requests.
    pub fn for_callers(&self) -> Store<ForCallers> {
        self.on_behalf()
    }

    pub const fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Changes after each commit that put something into that queue: of this process, and on Postgres of any other.
    pub fn listen(&self, queue: Queue) -> watch::Receiver<()> {
        if let Pools::Postgres(pool) = &self.pools {
            let (pool, bells) = (pool.clone(), self.bells.clone());
            #[expect(
                clippy::disallowed_methods,
                reason = "it has nothing to finish: closing the store ends it"
            )]
            self.relay.get_or_init(|| tokio::spawn(relay(pool, bells)).abort_handle());
        }
        self.bells.listen(queue)
    }

    /// Waits for transactions under way, then closes the connections.
    pub async fn close(&self) {
        if let Some(relay) = self.relay.get() {
            relay.abort();
        }
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                SQLITE.run(write).await?;
                let mut queue = apalis_sqlite::SqliteStorage::<()>::migrations();
                // Both sets number their own migrations, so each needs its own table.
                queue.dangerous_set_table_name("_apalis_migrations");
                queue.run(write).await?;
            }
            Pools::Postgres(pool) => {
                POSTGRES.run(pool).await?;
                apalis_postgres::PostgresStorage::migrations().run(pool).await?;
            }
        }
        Ok(())
    }
}

impl Store<ForCallers> {
    /// For the requests of somebody who may reach everything; `None` for everybody else.
    pub fn for_operator(&self, scope: &Scope) -> Option<Store<ForOperators>> {
        scope.everything().then(|| self.on_behalf())
    }
}

impl<S: Side> Store<S> {
    /// A writing transaction. On SQLite there is one at a time, and it takes the lock at once.
    /// Hold it across no `.await` but the database's own.
    pub async fn begin(&self) -> Result<Tx<S>, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } => {
                Tx::sqlite(write.begin_with("BEGIN IMMEDIATE").await?, &self.bells, self.max_attempts)
            }
            Pools::Postgres(pool) => Tx::postgres(pool.begin().await?, &self.bells, self.max_attempts),
        })
    }

    /// A reading transaction: one moment in time, never in a writer's way. Dropping it ends it.
    pub async fn read(&self) -> Result<Tx<S>, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Tx::sqlite(read.begin().await?, &self.bells, self.max_attempts),
            Pools::Postgres(pool) => Tx::postgres(pool.begin().await?, &self.bells, self.max_attempts),
        })
    }

    pub(super) fn on_behalf<T>(&self) -> Store<T> {
        Store {
            pools: self.pools.clone(),
            bells: self.bells.clone(),
            relay: Arc::clone(&self.relay),
            max_attempts: self.max_attempts,
            side: PhantomData,
        }
    }
}

async fn open_sqlite(path: &Path, settings: &StoreSettings) -> Result<Pools, StoreError> {
    if let Some(folder) = path.parent() {
        fs_err::tokio::create_dir_all(folder)
            .await
            .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match settings.durability {
            Durability::Normal => SqliteSynchronous::Normal,
            Durability::Full => SqliteSynchronous::Full,
        })
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(256);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(30))
        // Asked when it is given back. Nothing but this process ends a connection to a file.
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(is_clean(connection)))
        .connect_with(options.clone())
        .await?;
    let read = SqlitePoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(is_clean(connection)))
        .connect_with(options)
        .await?;
    Ok(Pools::Sqlite { write, read })
}

/// SQLite ends a transaction by itself when the disk is full, and sqlx then takes the connection for one that is still in
/// it, for good: such a connection is closed, and another takes its place.
pub(super) async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let left_over = connection.is_in_transaction();
    if left_over {
        tracing::warn!("A connection was left inside a transaction; it is replaced");
    }
    Ok(!left_over)
}

async fn open_postgres(address: &str, connections: u32) -> Result<Pools, StoreError> {
    let options = PgConnectOptions::from_str(address)
        .map_err(|_| StoreError::Address(docent_domain::mask::set_address(address)))?
        .application_name("docent")
        .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")]);
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await?;
    Ok(Pools::Postgres(pool))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_their_backend() {
        assert_eq!(Backend::parse("sqlite:/tmp/a.db").unwrap(), Backend::Sqlite("/tmp/a.db".into()));
        assert_eq!(Backend::parse("sqlite:///tmp/a.db").unwrap(), Backend::Sqlite("/tmp/a.db".into()));
        assert_eq!(Backend::parse("postgres://h/x").unwrap(), Backend::Postgres("postgres://h/x".into()));
    }

    #[test]
    fn a_refused_address_does_not_show_its_password() {
        let error = Backend::parse("mysql://root:hunter2@db/x").unwrap_err().to_string();
        assert!(error.contains("mysql://***@db/x") && !error.contains("hunter2"), "{error}");
        let error = Backend::parse("postgres:/root:hunter2@db/x").unwrap_err().to_string();
        assert!(error.contains("***@db/x") && !error.contains("hunter2"), "{error}");
    }
}
