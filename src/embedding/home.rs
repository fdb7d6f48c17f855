//! The folder that `setup/fetch.py` fills, and its promise: a manifest with the hash of each file.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::EmbeddingError;

/// A fetched folder whose manifest has been read.
#[derive(Debug)]
pub struct Home {
    root: PathBuf,
    manifest: Manifest,
}

#[derive(Debug, Deserialize)]
struct Manifest {
    libraries: BTreeMap<String, String>,
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    sha256: String,
}

impl Home {
    /// The manifest is written last: without it the folder is not whole.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, EmbeddingError> {
        // Reader processes work in another folder.
        let root = root.into();
        let root = std::path::absolute(&root).unwrap_or(root);
        let path = root.join("manifest.json");
        let Ok(text) = fs_err::read_to_string(&path) else { return Err(EmbeddingError::Missing(path)) };
        let manifest = serde_json::from_str(&text).map_err(|_| EmbeddingError::Damaged(path))?;
        Ok(Self { root, manifest })
    }

    /// The path of a shared library (`onnxruntime`, `pdfium`), compared with its recorded hash: loading
    /// one that is cut short kills the process with a signal that nothing can catch.
    pub fn library(&self, name: &str) -> Result<PathBuf, EmbeddingError> {
        let missing = || EmbeddingError::Missing(self.root.join("lib").join(name));
        let file = self.manifest.libraries.get(name).ok_or_else(missing)?;
        self.verified(file)
    }

    /// Hashes every file; the first that is missing or differs is the error.
    pub fn verify(&self) -> Result<(), EmbeddingError> {
        self.manifest.files.keys().try_for_each(|file| self.verified(file).map(drop))
    }

    fn verified(&self, file: &str) -> Result<PathBuf, EmbeddingError> {
        let path = self.root.join(file);
        if !path.is_file() {
            return Err(EmbeddingError::Missing(path));
        }
        let expected = self.manifest.files.get(file).map(|entry| entry.sha256.as_str());
        let found = sha256(&path).map_err(|source| EmbeddingError::Io { path: path.clone(), source })?;
        if expected != Some(found.as_str()) {
            return Err(EmbeddingError::Damaged(path));
        }
        Ok(path)
    }
}

fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = fs_err::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(hex::encode(hasher.finalize()));
        }
        hasher.update(&block[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIBRARY: &str = "lib/libonnxruntime.so";

    fn home_with(content: &[u8], recorded: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs_err::create_dir(folder.path().join("lib")).unwrap();
        fs_err::write(folder.path().join(LIBRARY), content).unwrap();
        let manifest = serde_json::json!({
            "recipe": "1",
            "libraries": { "onnxruntime": LIBRARY },
            "files": { LIBRARY: { "size": recorded.len(), "sha256": hex::encode(Sha256::digest(recorded)) } },
        });
        fs_err::write(folder.path().join("manifest.json"), manifest.to_string()).unwrap();
        folder
    }

    #[test]
    fn a_whole_library_is_found_and_a_cut_one_is_not() {
        let whole = home_with(b"library", b"library");
        let home = Home::open(whole.path()).unwrap();
        assert_eq!(home.library("onnxruntime").unwrap(), whole.path().join(LIBRARY));
        home.verify().unwrap();

        let cut = home_with(b"libr", b"library");
        let error = Home::open(cut.path()).unwrap().library("onnxruntime").unwrap_err();
        assert!(matches!(error, EmbeddingError::Damaged(_)), "{error}");
        assert!(error.to_string().contains("make setup"), "{error}");
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_do() {
        let error = Home::open("/nowhere/.docent").unwrap_err().to_string();
        insta::assert_snapshot!(error, @"`/nowhere/.docent/manifest.json` is missing; `make setup` (or `make run`) fetches it");

        let folder = home_with(b"library", b"library");
        let home = Home::open(folder.path()).unwrap();
        assert!(matches!(home.library("pdfium"), Err(EmbeddingError::Missing(_))));
        fs_err::remove_file(folder.path().join(LIBRARY)).unwrap();
        assert!(matches!(home.verify(), Err(EmbeddingError::Missing(_))));
    }

    #[test]
    fn a_manifest_that_cannot_be_read_is_damage() {
        let folder = home_with(b"library", b"library");
        fs_err::write(folder.path().join("manifest.json"), "{\"libraries\":").unwrap();
        assert!(matches!(Home::open(folder.path()), Err(EmbeddingError::Damaged(_))));
    }
}
