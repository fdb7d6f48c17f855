//! An installation of several processes: API nodes, workers, and the servers they share.

use std::path::Path;

use super::postgres::Postgres;
use super::process::Program;
use super::qdrant::StubQdrant;
use super::redis::Redis;

/// Everything of it. Dropped, all of it is killed.
pub struct Cluster {
    pub postgres: Postgres,
    pub redis: Redis,
    /// The database's address, for commands that work on it directly.
    pub database: String,
    settings: Vec<(String, String)>,
    folder: tempfile::TempDir,
    started: usize,
    /// Where no real server is named by `QDRANT_URL`.
    _index: Option<StubQdrant>,
}

impl Cluster {
    /// The shared servers, and no node yet; `more` are settings for all of its processes.
    pub async fn new(more: &[(&str, &str)]) -> Self {
        let postgres = tokio::task::spawn_blocking(Postgres::start).await.unwrap();
        let (redis, database) = (Redis::start().await, postgres.fresh_database().await);
        let folder = tempfile::tempdir().unwrap();
        let (index, url) = match std::env::var("QDRANT_URL") {
            Ok(url) => (None, url),
            Err(_) => {
                eprintln!("QDRANT_URL is not set: the nodes share a stand-in for a Qdrant server");
                let stub = StubQdrant::start().await;
                let url = stub.url.clone();
                (Some(stub), url)
            }
        };
        let blobs = format!("file://{}", folder.path().join("originals").display());
        let own = [
            ("DATABASE_URL", database.as_str()),
            ("REDIS_URL", &redis.url()),
            ("QDRANT_URL", &url),
            // A real server may be shared with earlier runs.
            ("QDRANT_COLLECTION_PREFIX", &format!("test-{}", uuid::Uuid::new_v4().simple())),
            ("BLOB_URL", &blobs),
            ("DOCENT_WORKER", "off"),
            ("DOCENT_JWT_SECRET", "a secret that the nodes of a test share"),
        ];
        let settings =
            own.iter().chain(more).map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Self { postgres, redis, database, settings, folder, started: 0, _index: index }
    }

    pub async fn api(&mut self) -> Program {
        self.api_with(&[]).await
    }

    pub async fn api_with(&mut self, more: &[(&str, &str)]) -> Program {
        let data = self.next_folder();
        Program::start(&data, &self.all(more)).await
    }

    pub async fn worker(&mut self) -> Program {
        self.worker_with(&[]).await
    }

    pub async fn worker_with(&mut self, more: &[(&str, &str)]) -> Program {
        let data = self.next_folder();
        Program::start_worker(&data, &self.all(more)).await
    }

    fn all<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let own = self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        own.chain(more.iter().copied()).collect()
    }

    fn next_folder(&mut self) -> std::path::PathBuf {
        self.started += 1;
        let data = self.folder().join(format!("node-{}", self.started));
        fs_err::create_dir_all(&data).unwrap();
        data
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
