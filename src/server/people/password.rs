//! Passwords: argon2 off the async threads, a few at a time.

pub mod rules;

use crate::server::error::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Hashing takes 19 MiB and a core for some tens of milliseconds: more at once would starve the pages.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The hash to store.
pub async fn hash(password: String) -> Result<String> {
    in_background(move || hashed(&password)).await?
}

/// Stored for those who cannot log in by password: it is the hash of none.
pub const NONE: &str = "!";

/// Is it the password? Without a stored hash, and with one that no password fits, the same work is done, so that the answer takes as long (A3).
/// Passwords are kept in their one spelling; those from before that rule are as they were typed.
pub async fn verify(typed: String, stored: Option<String>) -> Result<bool> {
    in_background(move || {
        let mut spellings = vec![rules::normalized(&typed)];
        if spellings[0] != typed {
            spellings.push(typed);
        }
        let Some(hash) = stored.as_deref().and_then(|stored| PasswordHash::new(stored).ok()) else {
            for spelling in &spellings {
                hashed(spelling)?;
            }
            return Ok(false);
        };
        Ok(spellings.iter().any(|spelling| Argon2::default().verify_password(spelling.as_bytes(), &hash).is_ok()))
    })
    .await?
}

fn hashed(password: &str) -> Result<String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(internal)
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let turn = AT_ONCE.acquire().await.map_err(internal)?;
    let work = move || {
        // Held by the work itself: it goes on when whoever asked for it hangs up.
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
