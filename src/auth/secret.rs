//! The secret that signs tokens: from the settings, or made at the first start and kept in a file that only the
//! server's own user can read.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::Random;

/// Bytes of a configured secret.
const SHORTEST: usize = 32;

/// What others print in their manuals, and people copy.
const KNOWN: &[&str] =
    &["changeme", "change-me", "change_me", "secret", "your-secret", "your_secret", "example"];

/// What says of itself that it is to be replaced, whatever else is in it.
const PLACEHOLDERS: &[&str] = &["change me", "change this", "replace me", "replace this"];

const FILE: &str = "jwt-secret";

#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error(
        "DOCENT_JWT_SECRET has {0} bytes; it takes at least 32 random ones, for example from `openssl rand -hex 32`, \
         or leave it empty: the server then makes one"
    )]
    Short(usize),
    #[error("DOCENT_JWT_SECRET is one that everybody can guess; make one with `openssl rand -hex 32`")]
    Known,
    #[error("cannot keep the signing secret in {path}")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{0} holds no usable secret; delete it to have a new one made (everybody then signs in again)")]
    Unusable(PathBuf),
}

/// The configured secret, or the one in the data folder, made there if there is none.
pub fn signing_secret(
    configured: Option<&str>,
    folder: &Path,
    random: &Random,
) -> Result<Vec<u8>, SecretError> {
    match configured {
        Some(secret) => check(secret).map(|()| secret.as_bytes().to_vec()),
        None => kept(&folder.join(FILE), random),
    }
}

fn check(secret: &str) -> Result<(), SecretError> {
    if secret.len() < SHORTEST {
        return Err(SecretError::Short(secret.len()));
    }
    let folded = secret.to_ascii_lowercase();
    let mut distinct: Vec<u8> = secret.bytes().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let guessable = distinct.len() < 8
        || is_repetition(secret.as_bytes())
        || is_placeholder(&folded)
        || KNOWN.iter().any(|known| folded.replace(known, "").len() < SHORTEST / 2);
    if guessable { Err(SecretError::Known) } else { Ok(()) }
}

/// Whether it is a shorter text, over and over.
fn is_repetition(secret: &[u8]) -> bool {
    (1..=secret.len() / 2).any(|period| secret.iter().zip(&secret[period..]).all(|(a, b)| a == b))
}

fn is_placeholder(folded: &str) -> bool {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let folded = letters(folded);
    PLACEHOLDERS.iter().any(|placeholder| folded.contains(&letters(placeholder)))
}

fn kept(path: &Path, random: &Random) -> Result<Vec<u8>, SecretError> {
    let failed = |source| SecretError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs_err::create_dir_all(folder).map_err(failed)?;
    }
    let made = hex::encode(random());
    match write_new(path, made.as_bytes()) {
        Ok(()) => Ok(made.into_bytes()),
        // Somebody made it before us, perhaps a moment ago.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let secret = fs_err::read(path).map_err(failed)?;
            // A copy or an unpacked backup may have opened it to others.
            fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
            if secret.len() < SHORTEST { Err(SecretError::Unusable(path.to_owned())) } else { Ok(secret) }
        }
        Err(error) => Err(failed(error)),
    }
}

/// Whole or not at all: a file of its own is written first, and takes the name only if nobody has it.
fn write_new(path: &Path, secret: &[u8]) -> std::io::Result<()> {
    use std::io::Write;

    use fs_err::os::unix::fs::OpenOptionsExt;

    if path.exists() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file =
        fs_err::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(secret)?;
    file.sync_all()?;
    let linked = fs_err::hard_link(&draft, path);
    fs_err::remove_file(&draft)?;
    linked
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn random(byte: u8) -> Random {
        Arc::new(move || [byte; 32])
    }

    #[test]
    fn a_secret_is_made_once_and_only_its_user_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = signing_secret(None, &folder.path().join("data"), &random(1)).unwrap();
        let file = folder.path().join("data").join(FILE);
        fs_err::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let second = signing_secret(None, &folder.path().join("data"), &random(2)).unwrap();
        assert_eq!(first, second);
        assert_eq!(first, hex::encode([1; 32]).into_bytes());
        let mode = fs_err::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        assert_eq!(fs_err::read_dir(file.parent().unwrap()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn weak_secrets_stop_the_start() {
        let check = |secret: &str| signing_secret(Some(secret), Path::new("/nowhere"), &random(1));
        assert!(check("6f1b2c3d4e5f60718293a4b5c6d7e8f9").is_ok());
        assert!(matches!(check("short"), Err(SecretError::Short(5))));
        assert!(matches!(check(&"a".repeat(64)), Err(SecretError::Known)));
        for known in [
            "changeme".repeat(8).as_str(),
            "change_me_to_a_long_random_text_1a2b3c4d",
            "<please-change-this-before-you-go-live>",
            "12345678901234567890123456789012",
            "p4ssw0rd-p4ssw0rd-p4ssw0rd-p4ssw0rd-",
        ] {
            assert!(matches!(check(known), Err(SecretError::Known)), "{known}");
        }
    }

    #[test]
    fn a_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join(FILE), "x").unwrap();
        let error = signing_secret(None, folder.path(), &random(1)).unwrap_err().to_string();
        assert!(error.contains("jwt-secret holds no usable secret"), "{error}");
    }
}
