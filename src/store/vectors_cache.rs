//! Embeddings by text, in an SQLite file of their own beside the embedded index: what was embedded once is not
//! embedded again, neither when a text comes back in the same project nor when the index is rebuilt.
//!
//! Projects do not share vectors: whether a text is known elsewhere is nobody's business.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::StoreError;
use super::connection::is_clean;
use docent_domain::clock::SystemClock;
use docent_domain::{Clock, ProjectId};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/vectors");

const GET: &str = "
    SELECT hash, vector FROM vectors
    WHERE project_id = $1 AND model = $2 AND hash IN (SELECT unhex(value) FROM json_each($3))";
const PUT: &str = "
    INSERT INTO vectors (project_id, model, hash, vector) VALUES ($1, $2, $3, $4)
    ON CONFLICT (project_id, model, hash) DO NOTHING";
const REMOVE_PROJECT: &str = "DELETE FROM vectors WHERE project_id = $1";
const REMOVE_UNUSED: &str = "
    DELETE FROM vectors
    WHERE project_id = $1 AND (model <> $2 OR hash NOT IN (SELECT unhex(value) FROM json_each($3)))";
const COUNT: &str = "SELECT COUNT(*) FROM vectors";

/// Which text a vector stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextHash([u8; 32]);

impl TextHash {
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// Reads what the database has as `text_hash`.
    pub fn parse(digits: &str) -> Option<Self> {
        hex::decode(digits).ok()?.try_into().ok().map(Self)
    }
}

/// As the database's `text_hash` has it: 64 hexadecimal digits.
impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// A handle on the file; clones share it.
#[derive(Debug, Clone)]
pub struct VectorCache {
    pool: SqlitePool,
    path: Arc<PathBuf>,
    /// Damage was met: from then on nothing is known, and the next start sets the file aside.
    given_up: Arc<AtomicBool>,
}

impl VectorCache {
    /// Opens the file, or makes it. Damaged, it is set aside under a dated name: everything in it can be computed again.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            fs_err::tokio::create_dir_all(folder)
                .await
                .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        let error = if mark(path).exists() {
            StoreError::Unreadable { value: "damage, met earlier".into(), expected: "vectors" }
        } else if path.is_dir() {
            StoreError::Unreadable { value: "a folder".into(), expected: "a file of vectors" }
        } else {
            match Self::open_as_it_is(path).await {
                Err(error) if is_damage(&error) => error,
                opened => return opened,
            }
        };
        let place = set_aside(path).await?;
        tracing::error!(
            error = ?error,
            set_aside = %place.display(),
            "The file of known vectors is damaged; it is set aside, and what is needed is computed again"
        );
        Self::open_as_it_is(path).await
    }

    async fn open_as_it_is(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .page_size(8192)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .before_acquire(|connection, _| Box::pin(is_clean(connection)))
            .connect_with(options)
            .await?;
        MIGRATIONS.run(&pool).await?;
        Ok(Self { pool, path: Arc::new(path.to_owned()), given_up: Arc::default() })
    }

    /// Damage that is met while working costs computing things again, and nothing else.
    fn unless_damaged<T>(&self, result: Result<T, StoreError>, nothing: T) -> Result<T, StoreError> {
        match result {
            Err(error) if is_damage(&error) => {
                if !self.given_up.swap(true, Ordering::AcqRel) {
                    tracing::error!(
                        error = ?error,
                        "The file of known vectors is damaged; it is not used any more, and the next start sets it aside"
                    );
                    drop(fs_err::write(mark(&self.path), ""));
                }
                Ok(nothing)
            }
            other => other,
        }
    }

    fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::Acquire)
    }

    /// The vectors that are known; the others have to be computed.
    pub async fn get_many(
        &self,
        project: ProjectId,
        model: &str,
        hashes: &[TextHash],
    ) -> Result<HashMap<TextHash, Vec<f32>>, StoreError> {
        if hashes.is_empty() || self.is_given_up() {
            return Ok(HashMap::new());
        }
        let found = self.read(project, model, hashes).await;
        self.unless_damaged(found, HashMap::new())
    }

    async fn read(
        &self,
        project: ProjectId,
        model: &str,
        hashes: &[TextHash],
    ) -> Result<HashMap<TextHash, Vec<f32>>, StoreError> {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(GET)
            .bind(project.get())
            .bind(model)
            .bind(json_list(hashes))
            .fetch_all(&self.pool)
            .await?;
        let known =
            rows.into_iter().map(|(hash, vector)| Some((TextHash(hash.try_into().ok()?), floats(&vector)?)));
        known.collect::<Option<_>>().ok_or_else(|| StoreError::Unreadable {
            value: "a stored vector".into(),
            expected: "32-bit floats under a SHA-256",
        })
    }

    /// Keeps vectors for later; those that are known stay as they are.
    pub async fn put_many(
        &self,
        project: ProjectId,
        model: &str,
        vectors: &[(TextHash, &[f32])],
    ) -> Result<(), StoreError> {
        if vectors.is_empty() || self.is_given_up() {
            return Ok(());
        }
        let written = self.write(project, model, vectors).await;
        self.unless_damaged(written, ())
    }

    async fn write(
        &self,
        project: ProjectId,
        model: &str,
        vectors: &[(TextHash, &[f32])],
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (hash, vector) in vectors {
            sqlx::query(PUT)
                .bind(project.get())
                .bind(model)
                .bind(hash.0.as_slice())
                .bind(bytes(vector))
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    pub async fn remove_project(&self, project: ProjectId) -> Result<(), StoreError> {
        if self.is_given_up() {
            return Ok(());
        }
        let removed = sqlx::query(REMOVE_PROJECT).bind(project.get()).execute(&self.pool).await;
        self.unless_damaged(removed.map(drop).map_err(StoreError::from), ())
    }

    /// Forgets the project's vectors of other models, and of texts that are in no chunk any more: how many.
    pub async fn remove_unused(
        &self,
        project: ProjectId,
        model: &str,
        used: &[TextHash],
    ) -> Result<u64, StoreError> {
        if self.is_given_up() {
            return Ok(0);
        }
        let removed = sqlx::query(REMOVE_UNUSED)
            .bind(project.get())
            .bind(model)
            .bind(json_list(used))
            .execute(&self.pool)
            .await;
        self.unless_damaged(removed.map(|done| done.rows_affected()).map_err(StoreError::from), 0)
    }

    /// How many vectors there are in all.
    pub async fn count(&self) -> Result<i64, StoreError> {
        let (count,): (i64,) = sqlx::query_as(COUNT).fetch_one(&self.pool).await?;
        Ok(count)
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Whether the content is at fault, and not the disk's room, its rights, or another process.
fn is_damage(error: &StoreError) -> bool {
    let of = |error: &sqlx::Error| match error {
        // SQLITE_CORRUPT and SQLITE_NOTADB, with what is said more exactly in the higher bits.
        sqlx::Error::Database(error) => {
            let code = error.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or(0);
            // Our tables are not there, or are others'.
            matches!(code & 0xff, 11 | 26) || error.message().starts_with("no such")
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => true,
        _ => false,
    };
    match error {
        StoreError::Unreadable { .. } => true,
        StoreError::Statement(error) | StoreError::Unavailable(error) => of(error),
        StoreError::Migration(error) => match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => of(error),
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => {
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// Says that damage was met.
fn mark(path: &Path) -> PathBuf {
    beside(path, "-damaged")
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Moves the file, with what belongs to it, to a dated name.
async fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let failed = |source| StoreError::Folder { path: path.to_owned(), source };
    let date = SystemClock.now().in_file_names();
    let named = |n: u32| match n {
        0 => beside(path, &format!(".damaged-{date}")),
        n => beside(path, &format!(".damaged-{date}-{n}")),
    };
    let place = (0..).map(named).find(|place| !place.exists()).unwrap_or_else(|| named(0));
    for suffix in ["", "-wal", "-shm"] {
        let from = beside(path, suffix);
        if from.exists() {
            fs_err::tokio::rename(&from, beside(&place, suffix)).await.map_err(failed)?;
        }
    }
    if mark(path).exists() {
        fs_err::tokio::remove_file(mark(path)).await.map_err(failed)?;
    }
    Ok(place)
}

fn json_list(hashes: &[TextHash]) -> String {
    let quoted: Vec<String> = hashes.iter().map(|hash| format!("\"{hash}\"")).collect();
    format!("[{}]", quoted.join(","))
}

fn bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn floats(bytes: &[u8]) -> Option<Vec<f32>> {
    let whole = bytes.len().is_multiple_of(4);
    let numbers = bytes.chunks_exact(4).map(|four| Some(f32::from_le_bytes(four.try_into().ok()?)));
    if whole { numbers.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "minilm/int8";

    async fn cache() -> (tempfile::TempDir, VectorCache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = VectorCache::open(&folder.path().join("deep/vectors.db")).await.unwrap();
        (folder, cache)
    }

    fn ours() -> ProjectId {
        ProjectId::from(1)
    }

    #[tokio::test]
    async fn vectors_come_back_as_they_were() {
        let (_folder, cache) = cache().await;
        let (a, b, c) = (TextHash::of("a"), TextHash::of("b"), TextHash::of("c"));
        let odd = [f32::MIN_POSITIVE, -0.1, 1.0 / 3.0];
        cache.put_many(ours(), MODEL, &[(a, &odd), (b, &[1.0])]).await.unwrap();
        cache.put_many(ours(), MODEL, &[(a, &[9.0])]).await.unwrap();

        let found = cache.get_many(ours(), MODEL, &[a, b, c]).await.unwrap();
        assert_eq!(found, HashMap::from([(a, odd.to_vec()), (b, vec![1.0])]));
        assert_eq!(cache.get_many(ours(), MODEL, &[]).await.unwrap(), HashMap::new());
    }

    #[tokio::test]
    async fn projects_and_models_keep_to_themselves() {
        let (_folder, cache) = cache().await;
        let a = TextHash::of("a");
        cache.put_many(ours(), MODEL, &[(a, &[1.0])]).await.unwrap();
        cache.put_many(ProjectId::from(2), MODEL, &[(a, &[2.0])]).await.unwrap();
        assert!(cache.get_many(ours(), "minilm/fp32", &[a]).await.unwrap().is_empty());
        assert!(cache.get_many(ProjectId::from(3), MODEL, &[a]).await.unwrap().is_empty());

        cache.remove_project(ours()).await.unwrap();
        assert!(cache.get_many(ours(), MODEL, &[a]).await.unwrap().is_empty());
        assert_eq!(cache.get_many(ProjectId::from(2), MODEL, &[a]).await.unwrap()[&a], [2.0]);
    }

    #[tokio::test]
    async fn what_no_chunk_needs_is_swept_out() {
        let (_folder, cache) = cache().await;
        let (a, b) = (TextHash::of("a"), TextHash::of("b"));
        cache.put_many(ours(), MODEL, &[(a, &[1.0]), (b, &[1.0])]).await.unwrap();
        cache.put_many(ours(), "older", &[(a, &[1.0])]).await.unwrap();
        assert_eq!(cache.remove_unused(ours(), MODEL, &[a]).await.unwrap(), 2);
        assert_eq!(cache.get_many(ours(), MODEL, &[a, b]).await.unwrap().len(), 1);
        assert_eq!(cache.count().await.unwrap(), 1);
    }

    #[tokio::test]
    async fn the_file_opens_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.db");
        let cache = VectorCache::open(&path).await.unwrap();
        cache.put_many(ours(), MODEL, &[(TextHash::of("a"), &[1.0])]).await.unwrap();
        cache.close().await;
        assert_eq!(VectorCache::open(&path).await.unwrap().count().await.unwrap(), 1);
    }

    /// How many damaged files lie beside the new one.
    fn aside(folder: &Path) -> usize {
        let names = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with("vectors.db.damaged-")).count()
    }

    #[tokio::test]
    async fn a_damaged_file_is_set_aside() {
        for content in [
            &b"no database at all, but long enough to be taken for a page"[..],
            &[0; 20_000],
            b"SQLite format 3\0cut",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("vectors.db");
            fs_err::write(&path, content).unwrap();
            let cache = VectorCache::open(&path).await.unwrap();
            assert_eq!(cache.count().await.unwrap(), 0);
            assert_eq!(aside(folder.path()), 1, "{:?}", &content[..10]);
            cache.close().await;
            VectorCache::open(&path).await.unwrap();
            assert_eq!(aside(folder.path()), 1);
        }
    }

    #[tokio::test]
    async fn a_folder_in_the_place_of_the_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.db");
        fs_err::create_dir(&path).unwrap();
        assert_eq!(VectorCache::open(&path).await.unwrap().count().await.unwrap(), 0);
        assert_eq!(aside(folder.path()), 1);
    }

    #[tokio::test]
    async fn damage_in_the_middle_is_met_and_costs_no_more_than_computing_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.db");
        let cache = VectorCache::open(&path).await.unwrap();
        let texts: Vec<TextHash> = (0..2000).map(|n| TextHash::of(&n.to_string())).collect();
        let rows: Vec<(TextHash, &[f32])> = texts.iter().map(|hash| (*hash, &[1.0; 384][..])).collect();
        cache.put_many(ours(), MODEL, &rows).await.unwrap();
        cache.close().await;
        let mut bytes = fs_err::read(&path).unwrap();
        let middle = bytes.len() / 4..bytes.len() / 4 * 3;
        bytes[middle].fill(0x5a);
        fs_err::write(&path, bytes).unwrap();
        let cache = VectorCache::open(&path).await.unwrap();
        cache.get_many(ours(), MODEL, &texts).await.unwrap();
        cache.put_many(ours(), MODEL, &rows[..1]).await.unwrap();
        cache.close().await;
        let cache = VectorCache::open(&path).await.unwrap();
        cache.put_many(ours(), MODEL, &rows[..1]).await.unwrap();
        assert_eq!(cache.get_many(ours(), MODEL, &texts[..1]).await.unwrap().len(), 1);
        assert_eq!(aside(folder.path()), 1);
    }

    #[test]
    fn a_hash_is_written_as_the_database_has_it() {
        insta::assert_snapshot!(TextHash::of("a"), @"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        assert_eq!(TextHash::parse(&TextHash::of("a").to_string()), Some(TextHash::of("a")));
        assert_eq!(TextHash::parse("ca97"), None);
        assert_eq!(floats(&[0, 0, 0]), None);
    }
}
