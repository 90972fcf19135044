//! Passwords: argon2 off the async threads, a few at a time.

use super::error::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Hashing takes 19 MiB and a core for some tens of milliseconds: more at once would starve the pages.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The hash to store.
pub async fn hash(password: String) -> Result<String> {
    in_background(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(internal)).await?
}

/// Is it the password? Without a stored hash the same work is done, so that the answer takes as long (A3).
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    in_background(move || {
        let Some(stored) = stored else {
            let _ = Argon2::default().hash_password(password.as_bytes());
            return Ok(false);
        };
        let hash = PasswordHash::new(&stored).map_err(internal)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _permit = AT_ONCE.acquire().await.map_err(internal)?;
    tokio::task::spawn_blocking(work).await.map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
