//! Which model an index was built with, written beside it: vectors of two models in one index would both look fine
//! and mean nothing to each other.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::VectorError;

const FILE: &str = "model.json";

/// The embedding model behind an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexModel {
    /// As the settings name it, with everything that changes its vectors (such as quantisation).
    pub name: String,
    pub dimension: usize,
}

impl fmt::Display for IndexModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} dimensions)", self.name, self.dimension)
    }
}

impl IndexModel {
    /// Leaves its mark on a new index, or compares with the mark of an old one.
    #[cfg_attr(not(feature = "embedded"), expect(dead_code, reason = "only the embedded index has a folder"))]
    pub(super) fn claim(&self, folder: &Path) -> Result<(), VectorError> {
        match Self::recorded(folder)? {
            None => write_json(&folder.join(FILE), self),
            Some(recorded) => self.compare(recorded),
        }
    }

    /// Whether the folder says which model its index is of.
    #[cfg_attr(not(feature = "embedded"), expect(dead_code, reason = "only the embedded index has a folder"))]
    pub(super) fn is_recorded(&self, folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// An error that names both, unless they are the same.
    pub(super) fn compare(&self, recorded: Self) -> Result<(), VectorError> {
        if recorded == *self {
            Ok(())
        } else {
            Err(VectorError::ModelMismatch { recorded, configured: self.clone() })
        }
    }

    /// The model that an embedded index in this folder was built with; `None` where there is none yet.
    pub fn recorded(folder: &Path) -> Result<Option<Self>, VectorError> {
        read_json(&folder.join(FILE))
    }
}

/// Replaces a small file so that a crash leaves the old or the new one, never a half.
pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), VectorError> {
    let bytes = serde_json::to_vec(value).map_err(std::io::Error::from)?;
    let fresh = path.with_extension("new");
    let file = fs_err::File::create(&fresh)?;
    std::io::Write::write_all(&mut &file, &bytes)?;
    file.sync_all()?;
    Ok(fs_err::rename(&fresh, path)?)
}

/// `None` when there is no such file.
pub(super) fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Option<T>, VectorError> {
    match fs_err::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes).map_err(std::io::Error::from)?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(name: &str, dimension: usize) -> IndexModel {
        IndexModel { name: name.into(), dimension }
    }

    #[test]
    fn an_index_belongs_to_the_model_that_built_it() {
        let folder = tempfile::tempdir().unwrap();
        model("minilm", 384).claim(folder.path()).unwrap();
        model("minilm", 384).claim(folder.path()).unwrap();

        let refused = model("bge-small", 384).claim(folder.path()).unwrap_err();
        insta::assert_snapshot!(refused, @"the index was built with `minilm (384 dimensions)`, but `bge-small (384 dimensions)` is configured; set the model back, or run `docent reindex` to build the index anew");
        assert!(model("minilm", 512).claim(folder.path()).is_err());
    }

    #[test]
    fn a_damaged_record_is_an_error_and_not_a_fresh_start() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join(FILE), "{\"name\":").unwrap();
        assert!(matches!(model("minilm", 384).claim(folder.path()), Err(VectorError::Io(_))));
    }
}
