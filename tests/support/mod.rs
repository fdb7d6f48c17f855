//! What the tests share: real servers, started here and stopped with the test run.

pub mod app;
pub mod archives;
pub mod bench;
pub mod cluster;
pub mod databases;
pub mod pages;
pub mod postgres;
pub mod process;
pub mod qdrant;
pub mod redis;
pub mod s3;
pub mod schema;
pub mod words;

/// The folder with the model and the libraries: `make test` fetches it.
pub fn home() -> std::path::PathBuf {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".docent");
    let home = std::env::var_os("DOCENT_HOME").map_or(beside, Into::into);
    assert!(home.join("manifest.json").exists(), "{} is not there: run `make setup`", home.display());
    home
}
