//! One file with all that a shop is: its rows, read in one snapshot while people go on, its pictures, and if wanted its secret key.
//! It is the same from either engine and for either engine, a tar archive of JSON lines, and says itself whether it is whole.

mod archive;
mod restore;
mod rows;
mod take;
mod target;

pub use restore::{Restored, restore};
pub use take::{WrittenBackup, take};

use super::config::ConfigError;
use super::files::FileError;
use crate::server::db::catalog::CatalogTable;
use crate::server::error::Error;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;

/// What the first line of such a file says.
const FORMAT: &str = "guitu-backup";
/// Counted on when a program of today could not read it any more.
const FORM: i64 = 1;
/// Log-ins last as long as the shop that they were made at: after a restore everybody logs in again.
const LEFT_OUT: [&str; 2] = ["sessions", "attempts"];

const MANIFEST: &str = "manifest.json";
const SECRET_KEY: &str = "secret.key";
const ROWS: &str = "rows/";
const PICTURES: &str = "pictures/";
const END: &str = "end.json";

/// What a backup says of itself before all else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub form: i64,
    /// The version of the program that wrote it.
    pub guitu: String,
    pub taken_at: i64,
    /// The last migration that the rows have seen.
    pub schema: i64,
    /// Fingerprint of the key that they are sealed with.
    pub secret_key: Option<String>,
    /// How many rows only that key opens.
    pub sealed: i64,
    pub tables: Vec<CatalogTable>,
}

/// What it says at its end, by which it is known to be whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct ArchiveTrailer {
    rows: i64,
    pictures: i64,
    /// Over every name and content before.
    sha256: String,
}

/// Why there is no backup, or nothing was restored. Nothing is left half done.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is no database of Guitu's at {0}; name it with database_url (DATABASE_URL) or data_dir (GUITU_DATA_DIR)")]
    NoDatabase(String),
    #[error("{} is there already; choose another name, or a folder, in which a new file is made", .0.display())]
    FileExists(PathBuf),
    #[error("there is no backup in {}; name the file", .0.display())]
    NoneInFolder(PathBuf),
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{} is not a backup of Guitu's, or its beginning is damaged", .0.display())]
    Foreign(PathBuf),
    #[error("the backup is damaged ({what}); nothing was restored, take another one")]
    Damaged { what: String },
    #[error(
        "the backup comes from a newer Guitu ({guitu}, tables of version {schema}; this program knows {newest}); restore it with that version"
    )]
    Newer { guitu: String, schema: i64, newest: i64 },
    #[error("the tables of the backup are not those of any version of Guitu; nothing was restored")]
    OtherTables,
    #[error(
        "the database is half of a shop: a restore is under way, or was broken off; let it end, or restore again, before a backup is taken"
    )]
    Restoring,
    #[error("{0} is not empty, and a restore never writes over a shop; move it away, or name an empty one")]
    NotEmpty(String),
    #[error(
        "{sealed} refund accounts in the backup are sealed with a secret key (fingerprint {wanted}) that is neither in it nor here; put the copy of secret.key into the data folder or set secret_key (GUITU_SECRET_KEY), then restore again"
    )]
    KeyMissing { wanted: String, sealed: i64 },
    #[error(
        "the backup is sealed with another secret key (fingerprint {wanted}) than the one here ({given}); put the right one into the data folder or set secret_key (GUITU_SECRET_KEY), then restore again"
    )]
    OtherKey { wanted: String, given: String },
    #[error("there is no secret key here that could be put into the backup; leave --with-key away")]
    NoKey,
    #[error("cannot bring the restored rows up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Folder(#[from] FileError),
    #[error(transparent)]
    Database(#[from] Error),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// A name as pictures have it. Whatever else lies beside them, such as the half of one that is being written just now, is no part of a backup.
fn is_name_of_picture(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

fn damaged(what: impl std::fmt::Display) -> BackupError {
    BackupError::Damaged { what: what.to_string() }
}
