//! Is the secret key at hand the one that this database is sealed with? The database keeps the key's fingerprint, by which nobody learns the key.

use super::config::{Config, ConfigError, SecretKey};
use super::secret_box::SecretBox;
use crate::domain::Timestamp;
use crate::server::db::catalog::CatalogTable;
use crate::server::db::{Db, Tx};
use crate::server::error::{Error, Result};
use crate::server::store::after_sales::refund_accounts::{self, SealedAccount};
use crate::server::store::machinery::installation::{self, Fact};

/// Why a database is not opened with this key, with the way out.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    #[error(
        "the database is sealed with another secret key than the one that is set{}; put the right one back: as secret.key in the data folder, or as secret_key (GUITU_SECRET_KEY)", fingerprints(wanted.as_deref(), given)
    )]
    OtherKey { wanted: Option<String>, given: String },
    #[error(
        "the database is sealed with a secret key{}, and there is none here; put it back: as secret.key in the data folder, or as secret_key (GUITU_SECRET_KEY). If it is lost for good: guitu forget-key", fingerprint(wanted.as_deref())
    )]
    KeyMissing { wanted: Option<String> },
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Unknown(#[from] Error),
}

fn fingerprints(wanted: Option<&str>, given: &str) -> String {
    wanted.map(|wanted| format!(" (its fingerprint is {wanted}, the given one's {given})")).unwrap_or_default()
}

fn fingerprint(wanted: Option<&str>) -> String {
    wanted.map(|wanted| format!(" (its fingerprint is {wanted})")).unwrap_or_default()
}

/// The key, if one is set or kept.
pub fn key_at_hand(config: &Config) -> std::result::Result<Option<SecretKey>, ConfigError> {
    config.secret_key.clone().map_or_else(|| SecretKey::found_in(&config.data_dir), |key| Ok(Some(key)))
}

/// How the key is called without being told.
pub fn fingerprint_of(key: &SecretKey) -> String {
    SecretBox::of(key.clone()).blinded("fingerprint")[..16].to_owned()
}

/// What is known of a key and a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They belong together.
    Fits,
    /// Nothing says that they do not, and nothing is sealed.
    Free,
    Other,
}

/// The table of what is sealed, and that of the fingerprint; a database that has not been brought up to date may lack them.
const SEALED: &str = "refund_accounts";
const KEPT: &str = "installation";

async fn has(db: &Db, table: &str) -> Result<bool> {
    Ok(db.table_names().await?.iter().any(|name| name == table))
}

/// The fingerprint of the key that the database is sealed with, if it is known.
pub async fn wanted(db: &Db) -> Result<Option<String>> {
    if !has(db, KEPT).await? {
        return Ok(None);
    }
    installation::known(&mut *db.reader().await?, Fact::SecretKey).await
}

/// How many rows only the key opens.
pub async fn sealed(snapshot: &mut Tx, tables: &[CatalogTable]) -> Result<i64> {
    if tables.iter().any(|table| table.name == SEALED) { refund_accounts::count(snapshot.conn()).await } else { Ok(0) }
}

/// Whether the key opens what is sealed: by the fingerprint, or where none is kept, by trying.
pub async fn fit(db: &Db, key: &SecretKey) -> Result<Fit> {
    if let Some(wanted) = wanted(db).await? {
        return Ok(if wanted == fingerprint_of(key) { Fit::Fits } else { Fit::Other });
    }
    if !has(db, SEALED).await? {
        return Ok(Fit::Free);
    }
    let samples = refund_accounts::samples(&mut *db.reader().await?).await?;
    if samples.is_empty() {
        return Ok(Fit::Free);
    }
    let secrets = SecretBox::of(key.clone());
    let opens = |SealedAccount { case, sealed }: &SealedAccount| secrets.open(case, sealed).is_ok();
    Ok(if samples.iter().all(opens) { Fit::Fits } else { Fit::Other })
}

/// The key that belongs to this database. It is made at the first start, and never again while the database is sealed with another.
pub async fn key_for(db: &Db, config: &Config, now: Timestamp) -> std::result::Result<SecretKey, SealingError> {
    let wanted = installation::known(&mut *db.reader().await?, Fact::SecretKey).await?;
    let key = match key_at_hand(config)? {
        Some(key) => key,
        None if wanted.is_some() || refund_accounts::count(&mut *db.reader().await?).await? > 0 => {
            return Err(SealingError::KeyMissing { wanted });
        }
        None => SecretKey::kept_in(&config.data_dir)?,
    };
    match fit(db, &key).await? {
        Fit::Other => Err(SealingError::OtherKey { wanted, given: fingerprint_of(&key) }),
        Fit::Fits | Fit::Free => keep(db, key, now).await,
    }
}

/// Of several processes that begin at once with keys of their own, one has its way and the others are told.
async fn keep(db: &Db, key: SecretKey, now: Timestamp) -> std::result::Result<SecretKey, SealingError> {
    let given = fingerprint_of(&key);
    if installation::known(&mut *db.reader().await?, Fact::SecretKey).await?.is_none() {
        let mut tx = db.write().await?;
        installation::save_first(tx.conn(), Fact::SecretKey, &given, now).await?;
        tx.commit().await?;
    }
    let wanted = installation::known(&mut *db.reader().await?, Fact::SecretKey).await?;
    if wanted.as_ref() == Some(&given) { Ok(key) } else { Err(SealingError::OtherKey { wanted, given }) }
}

/// Gives up what only a lost key could open; returns how many refund accounts are asked for anew. `None`: the key is there and fits.
pub async fn forget_key(db: &Db, config: &Config) -> std::result::Result<Option<u64>, SealingError> {
    if let Some(key) = key_at_hand(config)?
        && fit(db, &key).await? != Fit::Other
    {
        return Ok(None);
    }
    let mut tx = db.write().await?;
    let gone = refund_accounts::remove_all(tx.conn()).await?;
    installation::forget(tx.conn(), Fact::SecretKey).await?;
    tx.commit().await?;
    Ok(Some(gone))
}
