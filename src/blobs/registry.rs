//! Where blobs can be kept, one line each, and how an address says which.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{BlobError, Blobs, FolderBlobs, ObjectBlobs, ObjectSettings};

/// Which storage, and where.
#[derive(Debug, Clone)]
pub enum BlobSettings {
    Folder(PathBuf),
    Object(ObjectSettings),
}

/// Opens the storage that the settings name. One that is away is found out when it is used.
pub async fn open(settings: &BlobSettings) -> Result<Arc<dyn Blobs>, BlobError> {
    Ok(match settings {
        BlobSettings::Folder(root) => Arc::new(FolderBlobs::open(root).await?),
        BlobSettings::Object(settings) => Arc::new(ObjectBlobs::open(settings).await?),
    })
}

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Folder(PathBuf),
    /// The prefix has no slash at either end, and may be empty.
    Bucket {
        name: String,
        prefix: String,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    #[error("use s3://bucket/prefix, or file:///path for a folder")]
    Kind,
    #[error("a folder needs its whole path, as in file:///srv/docent")]
    Relative,
    #[error("the name of a bucket has 3 to 63 letters, digits, dots, hyphens or underscores")]
    Bucket,
    #[error("a prefix may hold letters, digits, dots, hyphens, underscores and slashes only")]
    Prefix,
}

impl Place {
    /// Reads `s3://bucket/prefix` or `file:///path`. Nothing else may stand in it: no keys, no query.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        if let Some(path) = address.strip_prefix("file://") {
            let path = Path::new(path);
            return if path.is_absolute() {
                Ok(Self::Folder(path.to_owned()))
            } else {
                Err(AddressError::Relative)
            };
        }
        let rest = address.strip_prefix("s3://").ok_or(AddressError::Kind)?;
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if !(3..=63).contains(&name.len()) || !is_plain(name) {
            return Err(AddressError::Bucket);
        }
        let prefix = prefix.trim_matches('/');
        if !prefix.is_empty() && !prefix.split('/').all(is_plain) {
            return Err(AddressError::Prefix);
        }
        Ok(Self::Bucket { name: name.to_owned(), prefix: prefix.to_owned() })
    }
}

/// One segment of a name that means the same to every store.
fn is_plain(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str) -> String {
        match Place::parse(address) {
            Ok(Place::Folder(path)) => format!("folder {}", path.display()),
            Ok(Place::Bucket { name, prefix }) => format!("bucket {name}, prefix `{prefix}`"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn addresses_name_a_folder_or_a_bucket() {
        assert_eq!(check("file:///srv/docent"), "folder /srv/docent");
        assert_eq!(check("s3://docent"), "bucket docent, prefix ``");
        assert_eq!(check("s3://docent/"), "bucket docent, prefix ``");
        assert_eq!(check("s3://my.docs/team-a/originals/"), "bucket my.docs, prefix `team-a/originals`");
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        for kind in ["", "docent", "http://docent", "S3://docent"] {
            assert_eq!(check(kind), AddressError::Kind.to_string(), "{kind}");
        }
        for bucket in ["s3://", "s3:///docent", "s3://ab", "s3://key:secret@docent", "s3://docent?region=eu"]
        {
            assert_eq!(check(bucket), AddressError::Bucket.to_string(), "{bucket}");
        }
        for prefix in ["s3://docent/a//b", "s3://docent/../b", "s3://docent/a?b", "s3://docent/a b"] {
            assert_eq!(check(prefix), AddressError::Prefix.to_string(), "{prefix}");
        }
        assert_eq!(check("file://files"), AddressError::Relative.to_string());
    }
}
