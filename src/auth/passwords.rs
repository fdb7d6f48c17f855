//! Passwords: Argon2id with 19 MiB, two passes and one lane (OWASP's first row), a few at a time and off the threads
//! that serve requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
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
}

impl Default for Passwords {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), computed: Arc::default() }
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
        self.off_thread(move || {
            let hash =
                argon2().hash_password(password.as_bytes()).map_err(|e| AuthError::Hashing(e.into()))?;
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
        self.off_thread(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
            let hash = argon2::password_hash::phc::PasswordHash::new(&hash)
                .map_err(|error| AuthError::Hashing(error.into()))?;
            Ok(argon2().verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    /// How many hashes were computed so far: what an attempt costs, and what it tells by its time.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let place = tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(AuthError::Busy) };
        let computed = Arc::clone(&self.computed);
        let worked = tokio::task::spawn_blocking(move || {
            let _place = place;
            computed.fetch_add(1, Ordering::Relaxed);
            work()
        });
        worked.await.map_err(|error| AuthError::Hashing(error.into()))?
    }
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
