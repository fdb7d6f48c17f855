//! Passwords: Argon2id with 19 MiB, two passes and one lane (OWASP's first row), a few at a time and off the threads
//! that serve requests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use super::error::AuthError;

/// KiB.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes under way at the same time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// How long a caller waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes.
const SHORTEST: usize = 8;
/// Over it nothing is hashed.
const LONGEST: usize = 256;

/// Makes and checks password hashes.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// Hashes computed so far.
    computed: Arc<AtomicU64>,
    /// The memory of hashes under way, used again and again: freed, it would stay with the C library's heap of each
    /// thread that ever hashed.
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Default for Passwords {
    fn default() -> Self {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Self { places, computed: Arc::default(), memory: Arc::default() }
    }
}

/// Whether a password may be chosen.
pub fn check(password: &str) -> Result<(), AuthError> {
    if password.len() < SHORTEST {
        return Err(AuthError::field("password", format!("takes at least {SHORTEST} characters")));
    }
    if password.len() > LONGEST {
        return Err(AuthError::field("password", format!("takes at most {LONGEST} bytes")));
    }
    Ok(())
}

impl Passwords {
    /// A PHC string with its own salt.
    pub async fn hash(&self, password: &str) -> Result<String, AuthError> {
        let password = password.to_owned();
        self.off_thread(move |memory| {
            let (argon2, salt) = (argon2(), Salt::generate());
            let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
            let filled = argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut out, memory);
            filled.map_err(|error| AuthError::Hashing(error.into()))?;
            let hash = PasswordHash {
                algorithm: Algorithm::Argon2id.ident(),
                version: Some(Version::V0x13.into()),
                params: ParamsString::try_from(argon2.params()).map_err(|e| AuthError::Hashing(e.into()))?,
                salt: Some(salt),
                hash: Some(Output::new(&out).map_err(|error| AuthError::Hashing(error.into()))?),
            };
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one behind `hash`. Without a hash the same work is done, so that nobody learns from
    /// the time it takes which names exist.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, AuthError> {
        if password.len() > LONGEST {
            return Ok(false);
        }
        let password = password.to_owned();
        self.off_thread(move |memory| {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
            Ok(is_same(&password, &hash, memory).map_err(AuthError::Hashing)? && known)
        })
        .await
    }

    /// How many hashes were computed so far: what an attempt costs, and what it tells by its time.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let place = tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(AuthError::Busy) };
        let (computed, shelf) = (Arc::clone(&self.computed), Arc::clone(&self.memory));
        let worked = tokio::task::spawn_blocking(move || {
            let _place = place;
            computed.fetch_add(1, Ordering::Relaxed);
            let blocks = || shelf.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = blocks().pop();
            let mut memory = taken.unwrap_or_else(|| vec![Block::new(); argon2().params().block_count()]);
            let done = work(&mut memory);
            blocks().push(memory);
            done
        });
        worked.await.map_err(|error| AuthError::Hashing(error.into()))?
    }
}

/// Hashes the password with what the other hash says of itself. Hashes of other parameters than ours, as an older
/// version may have made them, get as much memory as they ask for.
fn is_same(
    password: &str,
    hash: &str,
    memory: &mut Vec<Block>,
) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
    let hash = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return Ok(false) };
    let params = Params::try_from(&hash)?;
    let version = hash.version.map_or(Ok(Version::V0x13), Version::try_from)?;
    let argon2 = Argon2::new(Algorithm::try_from(hash.algorithm.as_str())?, version, params);
    let mut out = vec![0; expected.len()];
    let blocks = argon2.params().block_count();
    if blocks == memory.len() {
        argon2.hash_password_into_with_memory(password.as_bytes(), salt, &mut out, &mut *memory)?;
    } else {
        argon2.hash_password_into_with_memory(
            password.as_bytes(),
            salt,
            &mut out,
            vec![Block::new(); blocks],
        )?;
    }
    Ok(bool::from(out.ct_eq(expected.as_bytes())))
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Of a random password that nobody knows; same parameters as every other.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGZvciBpdA$kYZ8DkyWYLdV6sRBCj7qJWvXGq9ZUdmoQ3ofkDkLUFI";

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify("correct horse", Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("correct hors", Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("", Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("correct horse", None).await.unwrap());
        assert_ne!(hash, passwords.hash("correct horse").await.unwrap(), "every hash has its own salt");
    }

    #[tokio::test]
    async fn many_at_once_share_the_memory_of_two() {
        let passwords = Passwords::default();
        let mut attempts = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let passwords = passwords.clone();
            attempts.spawn(async move { passwords.verify("wrong horse", None).await.unwrap() });
        }
        assert!(attempts.join_all().await.into_iter().all(|right| !right));
        let memory = passwords.memory.lock().unwrap();
        assert!((1..=AT_ONCE).contains(&memory.len()), "{} blocks", memory.len());
        assert_eq!(memory[0].len() * Block::SIZE, MEMORY as usize * 1024);
    }

    #[tokio::test]
    async fn hashes_of_other_parameters_are_still_understood() {
        use argon2::password_hash::PasswordHasher;

        let params = Params::new(64, 1, 1, None).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = argon2.hash_password(b"correct horse").unwrap().to_string();
        let passwords = Passwords::default();
        assert!(passwords.verify("correct horse", Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("wrong horse", Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_name_costs_the_same_work() {
        let hash = argon2::password_hash::phc::PasswordHash::new(NOBODYS).unwrap();
        assert_eq!(hash.params.to_string(), "m=19456,t=2,p=1");
    }

    #[test]
    fn too_short_and_too_long_ones_are_refused_before_any_work() {
        assert!(check("12345678").is_ok());
        assert!(check(&"x".repeat(256)).is_ok());
        for password in ["", "1234567", &"x".repeat(257)] {
            assert!(matches!(check(password), Err(AuthError::Field { .. })), "{}", password.len());
        }
    }
}
