//! A whole database into an empty one of either kind: every row as it is, under the numbers that it has.
//!
//! Which tables there are stands in [`TABLES`]; their columns are asked of the database, so that a new column travels
//! by itself, and a test finds a new table that is in neither list.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt;
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteLockingMode, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, Row};

use super::connection::{Backend, Pools, Store};
use super::error::StoreError;
use super::statement::{execute, fetch_all, statements};
use super::tx::{Connection, Tx};
use docent_domain::Timestamp;

/// Every table that travels; whatever a table refers to stands before it.
pub const TABLES: &[&str] = &[
    "users",
    "projects",
    "members",
    "documents",
    "generations",
    "wanted_pages",
    "pages",
    "page_sights",
    "page_tables",
    "chunks",
    "digests",
    "word_counts",
    "word_totals",
    "word_bags",
    "runs",
    "chats",
    "assistant_rooms",
    "messages",
    "cited_documents",
    "turns",
    "turn_segments",
    "turn_marks",
    "feedback",
    "idempotency_keys",
    "sessions",
    "refresh_tokens",
    "api_keys",
    "visitors",
    "entities",
    "user_entities",
    "project_entities",
    "entity_relations",
    "audit_log",
    "allowances",
    "imports",
    "import_items",
    "facts",
];

/// What does not, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("Jobs", "entries of the queue: made anew from the runs that wait"),
    ("Workers", "whoever took work out of the old queue"),
    ("_apalis_migrations", "which tables the queue has"),
    ("_sqlx_migrations", "which tables we have"),
];

/// Columns that name stored files, which have other names in another storage.
const FILES: &[(&str, &str)] = &[("generations", "blob"), ("imports", "blob")];

/// The fact that a move into this database has begun and not come to its end.
const UNDER_WAY: &str = "move_under_way";

/// Rows of one statement.
const ROWS: usize = 32;

statements! {
    REQUEUE = "UPDATE runs SET state = 'queued', lease_until = NULL, worker = NULL WHERE state = 'running'";
    FORGET_FACT = "DELETE FROM facts WHERE name = $1";
    WAITING_FILES = "SELECT blob, size FROM imports ORDER BY project_id";
    HASHED_FILES = "
        SELECT blob, MIN(sha256), MIN(size) FROM generations
        WHERE blob > $1 GROUP BY blob ORDER BY blob LIMIT $2";
}

const COLUMNS_SQLITE: &str = "SELECT name, type FROM pragma_table_info($1) ORDER BY cid";
const COLUMNS_POSTGRES: &str = "
    SELECT column_name::text, upper(data_type::text) FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
const HIGHEST_SQLITE: &str = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = $1";
const RAISE_SQLITE: &str = "UPDATE sqlite_sequence SET seq = $2 WHERE name = $1 AND seq < $2";
const KNOW_SQLITE: &str = "
    INSERT INTO sqlite_sequence (name, seq)
    SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)";
const SEQUENCE_POSTGRES: &str = "SELECT pg_get_serial_sequence($1, 'id')";
const RAISE_POSTGRES: &str = "SELECT setval($1::regclass, $2, TRUE)";
const OTHERS_POSTGRES: &str = "
    SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'docent' AND pid <> pg_backend_pid()";

/// How long connections of a server that was just stopped may linger.
const LINGER: Duration = Duration::from_secs(3);

/// What a stored file must be, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    pub blob: String,
    /// `None` where only the size is known.
    pub sha256: Option<String>,
    /// In bytes.
    pub size: i64,
}

/// How much was copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    pub tables: usize,
    pub rows: u64,
}

/// Whether another process has the database open, as a running server has.
pub async fn is_in_use(backend: &Backend) -> Result<bool, StoreError> {
    match backend {
        Backend::Sqlite(path) if !path.exists() => Ok(false),
        Backend::Sqlite(path) => {
            // A connection in WAL mode holds a lock for as long as it is open, so nobody else gets an exclusive one.
            let options = SqliteConnectOptions::new()
                .filename(path)
                .locking_mode(SqliteLockingMode::Exclusive)
                .busy_timeout(LINGER);
            let tried = async {
                let mut connection = options.connect().await?;
                sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await?;
                sqlx::query("COMMIT").execute(&mut connection).await?;
                connection.close().await
            };
            match tried.await.map_err(StoreError::from) {
                Ok(()) => Ok(false),
                Err(StoreError::Unavailable(_)) => Ok(true),
                Err(error) => Err(error),
            }
        }
        Backend::Postgres(address) => {
            let options = PgConnectOptions::from_str(address).map_err(StoreError::from)?;
            let mut connection = options.application_name("docent-move").connect().await?;
            let mut others = 0;
            for _ in 0..10 {
                (others,) = sqlx::query_as::<_, (i64,)>(OTHERS_POSTGRES).fetch_one(&mut connection).await?;
                if others == 0 {
                    break;
                }
                tokio::time::sleep(LINGER / 10).await;
            }
            connection.close().await?;
            Ok(others > 0)
        }
    }
}

impl Store {
    /// Copies everything from `source` in one transaction, with the files' names as they are in `files`, and queues
    /// what was waiting there. Either all of it is here afterwards, or nothing.
    pub async fn copy_from(
        &self,
        source: &Self,
        files: &HashMap<String, String>,
        now: Timestamp,
    ) -> Result<Copied, StoreError> {
        let mut copied = Copied::default();
        let mut tx = self.begin().await?;
        execute!(tx, FORGET_FACT, UNDER_WAY)?;
        for table in TABLES {
            let columns = source.read().await?.columns(table).await?;
            let table = Table { name: table, columns };
            copied.rows += table.copy(source, &mut tx, files).await?;
            copied.tables += 1;
            let highest = source.highest(&table).await?;
            tx.raise(&table, highest).await?;
        }
        execute!(tx, REQUEUE)?;
        while tx.queue_forgotten(500, now).await? > 0 {}
        tx.commit().await?;
        Ok(copied)
    }

    /// The highest number that the table ever gave, also to rows that are gone; 0 where it gives none.
    async fn highest(&self, table: &Table) -> Result<i64, StoreError> {
        if !table.numbers_its_rows() {
            return Ok(0);
        }
        let mut tx = self.read().await?;
        match tx.connection() {
            Connection::Sqlite(connection) => {
                let (highest,): (i64,) =
                    sqlx::query_as(HIGHEST_SQLITE).bind(table.name).fetch_one(connection).await?;
                Ok(highest)
            }
            Connection::Postgres(connection) => {
                let (sequence,): (Option<String>,) =
                    sqlx::query_as(SEQUENCE_POSTGRES).bind(table.name).fetch_one(&mut *connection).await?;
                let Some(sequence) = sequence else { return Ok(0) };
                let sql = format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}");
                let (highest,): (i64,) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(connection).await?;
                Ok(highest)
            }
        }
    }
}

impl Tx {
    /// Whether nothing was ever stored here, but for a move that broke off.
    pub async fn is_empty(&mut self) -> Result<bool, StoreError> {
        for table in TABLES {
            let besides =
                if *table == "facts" { format!(" WHERE name <> '{UNDER_WAY}'") } else { String::new() };
            let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {table}{besides} LIMIT 1) x");
            let (count,): (i64,) = match self.connection() {
                Connection::Sqlite(connection) => {
                    sqlx::query_as(AssertSqlSafe(sql)).fetch_one(connection).await?
                }
                Connection::Postgres(connection) => {
                    sqlx::query_as(AssertSqlSafe(sql)).fetch_one(connection).await?
                }
            };
            if count > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes that a move into this database has begun. True if one had begun before and broke off.
    pub async fn begin_move(&mut self) -> Result<bool, StoreError> {
        Ok(!self.claim_fact(UNDER_WAY, "").await?)
    }

    /// Whether a move into this database has begun and not come to its end.
    pub async fn is_half_moved(&mut self) -> Result<bool, StoreError> {
        Ok(self.fact(UNDER_WAY).await?.is_some())
    }

    /// Stored files, by name, after that one; those that two versions share come once.
    pub async fn known_files(&mut self, after: &str, limit: i64) -> Result<Vec<KnownFile>, StoreError> {
        let rows = fetch_all!(self, (String, String, i64), HASHED_FILES, after, limit)?;
        let known = |(blob, sha256, size)| KnownFile { blob, sha256: Some(sha256), size };
        Ok(rows.into_iter().map(known).collect())
    }

    /// Archives that wait to be imported.
    pub async fn waiting_files(&mut self) -> Result<Vec<KnownFile>, StoreError> {
        let rows = fetch_all!(self, (String, i64), WAITING_FILES)?;
        Ok(rows.into_iter().map(|(blob, size)| KnownFile { blob, sha256: None, size }).collect())
    }

    async fn columns(&mut self, table: &str) -> Result<Vec<(String, Kind)>, StoreError> {
        let rows: Vec<(String, String)> = match self.connection() {
            Connection::Sqlite(connection) => {
                sqlx::query_as(COLUMNS_SQLITE).bind(table).fetch_all(connection).await?
            }
            Connection::Postgres(connection) => {
                sqlx::query_as(COLUMNS_POSTGRES).bind(table).fetch_all(connection).await?
            }
        };
        rows.into_iter().map(|(name, kind)| Ok((name, Kind::of(&kind)?))).collect()
    }

    /// Makes the next number of the table higher than that.
    async fn raise(&mut self, table: &Table, highest: i64) -> Result<(), StoreError> {
        if highest == 0 {
            return Ok(());
        }
        match self.connection() {
            Connection::Sqlite(connection) => {
                for sql in [RAISE_SQLITE, KNOW_SQLITE] {
                    sqlx::query(sql).bind(table.name).bind(highest).execute(&mut *connection).await?;
                }
            }
            Connection::Postgres(connection) => {
                let (sequence,): (Option<String>,) =
                    sqlx::query_as(SEQUENCE_POSTGRES).bind(table.name).fetch_one(&mut *connection).await?;
                if let Some(sequence) = sequence {
                    sqlx::query(RAISE_POSTGRES).bind(sequence).bind(highest).execute(connection).await?;
                }
            }
        }
        Ok(())
    }
}

/// What a column holds. These are all kinds that the migrations use; both databases have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Flag,
    Number,
    Text,
}

impl Kind {
    fn of(kind: &str) -> Result<Self, StoreError> {
        match kind {
            "BOOLEAN" => Ok(Self::Flag),
            "BIGINT" | "INTEGER" => Ok(Self::Number),
            "TEXT" => Ok(Self::Text),
            other => {
                Err(StoreError::Unreadable { value: other.to_owned(), expected: "the type of a column" })
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Flag(Option<bool>),
    Number(Option<i64>),
    Text(Option<String>),
}

struct Table {
    name: &'static str,
    columns: Vec<(String, Kind)>,
}

macro_rules! cells {
    ($name:ident, $row:ty) => {
        fn $name(row: &$row, columns: &[(String, Kind)]) -> Result<Vec<Cell>, sqlx::Error> {
            let cell = |(at, (_, kind)): (usize, &(String, Kind))| {
                Ok(match kind {
                    Kind::Flag => Cell::Flag(row.try_get(at)?),
                    Kind::Number => Cell::Number(row.try_get(at)?),
                    Kind::Text => Cell::Text(row.try_get(at)?),
                })
            };
            columns.iter().enumerate().map(cell).collect()
        }
    };
}

cells!(of_sqlite, SqliteRow);
cells!(of_postgres, PgRow);

macro_rules! bound {
    ($sql:expr, $rows:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql));
        for cell in $rows.iter().flatten() {
            query = match cell {
                Cell::Flag(flag) => query.bind(*flag),
                Cell::Number(number) => query.bind(*number),
                Cell::Text(text) => query.bind(text.as_deref()),
            };
        }
        query
    }};
}

impl Table {
    fn numbers_its_rows(&self) -> bool {
        self.columns.iter().any(|(name, kind)| name == "id" && *kind == Kind::Number)
    }

    fn names(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        quoted.join(", ")
    }

    fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.names(), self.name)
    }

    fn insert(&self, rows: usize) -> Arc<str> {
        let width = self.columns.len();
        let row = |at: usize| {
            let places: Vec<String> = (1..=width).map(|column| format!("${}", at * width + column)).collect();
            format!("({})", places.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.name, self.names(), rows.join(", ")).into()
    }

    async fn copy(
        &self,
        source: &Store,
        tx: &mut Tx,
        files: &HashMap<String, String>,
    ) -> Result<u64, StoreError> {
        let renamed = self.columns.iter().position(|(name, _)| FILES.contains(&(self.name, name.as_str())));
        let mut batch = Batch { whole: self.insert(ROWS), rows: Vec::with_capacity(ROWS), copied: 0 };
        let take = |mut cells: Vec<Cell>| {
            if let Some(Cell::Text(Some(file))) = renamed.and_then(|at| cells.get_mut(at))
                && let Some(name) = files.get(file)
            {
                file.clone_from(name);
            }
            cells
        };
        match source.pools() {
            Pools::Sqlite { read, .. } => {
                let mut connection = read.acquire().await?;
                let mut rows = sqlx::query(AssertSqlSafe(self.select())).fetch(&mut *connection);
                while let Some(row) = rows.try_next().await? {
                    batch.add(tx, take(of_sqlite(&row, &self.columns)?)).await?;
                }
            }
            Pools::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                // A large table takes longer to read than any statement of a running server may.
                sqlx::query("SET statement_timeout = 0").execute(&mut *connection).await?;
                let mut rows = sqlx::query(AssertSqlSafe(self.select())).fetch(&mut *connection);
                while let Some(row) = rows.try_next().await? {
                    batch.add(tx, take(of_postgres(&row, &self.columns)?)).await?;
                }
            }
        }
        let rest = std::mem::take(&mut batch.rows);
        if !rest.is_empty() {
            batch.copied += rest.len() as u64;
            write(tx, self.insert(rest.len()), &rest).await?;
        }
        Ok(batch.copied)
    }
}

/// Rows on their way, until there are enough for a statement.
struct Batch {
    whole: Arc<str>,
    rows: Vec<Vec<Cell>>,
    copied: u64,
}

impl Batch {
    async fn add(&mut self, tx: &mut Tx, row: Vec<Cell>) -> Result<(), StoreError> {
        self.rows.push(row);
        if self.rows.len() == ROWS {
            write(tx, Arc::clone(&self.whole), &self.rows).await?;
            self.copied += self.rows.len() as u64;
            self.rows.clear();
        }
        Ok(())
    }
}

async fn write(tx: &mut Tx, sql: Arc<str>, rows: &[Vec<Cell>]) -> Result<(), StoreError> {
    match tx.connection() {
        Connection::Sqlite(connection) => bound!(sql, rows).execute(connection).await.map(drop)?,
        Connection::Postgres(connection) => bound!(sql, rows).execute(connection).await.map(drop)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_through() {
        let columns = vec![("id".to_owned(), Kind::Number), ("name".to_owned(), Kind::Text)];
        let table = Table { name: "users", columns };
        insta::assert_snapshot!(table.select(), @r#"SELECT "id", "name" FROM users"#);
        insta::assert_snapshot!(table.insert(2), @r#"INSERT INTO users ("id", "name") VALUES ($1, $2), ($3, $4)"#);
    }
}
