//! Inputs that are kept: those to begin with, and those that broke something once.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub struct Corpus {
    /// In the order of their names.
    pub inputs: Vec<(PathBuf, Vec<u8>)>,
}

impl Corpus {
    pub fn of(target: &str, fixtures: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<PathBuf> =
            fixtures.iter().map(|name| root.join("fixtures/documents").join(name)).collect();
        for kind in ["corpus", "crashes"] {
            let Ok(entries) = fs_err::read_dir(folder(target).join(kind)) else { continue };
            paths.extend(entries.map(|entry| entry.unwrap().path()));
        }
        paths.sort();
        let read = |path: PathBuf| {
            let bytes = fs_err::read(&path).unwrap();
            (path, bytes)
        };
        Self { inputs: paths.into_iter().map(read).collect() }
    }
}

/// Writes an input down that broke something, and tells where.
pub fn keep(target: &str, input: &[u8]) -> PathBuf {
    let crashes = folder(target).join("crashes");
    fs_err::create_dir_all(&crashes).unwrap();
    let path = crashes.join(&hex::encode(Sha256::digest(input))[..16]);
    fs_err::write(&path, input).unwrap();
    path
}

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(target)
}
