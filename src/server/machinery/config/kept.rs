//! Secrets that an installation makes for itself: written once into the data folder, for their owner's eyes only.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::ConfigError;
use crate::server::payments::keys::KeyFault;

/// The secret of that name in the data folder; the first call makes it.
pub fn kept_in(data_dir: &Path, name: &str, make: impl FnOnce() -> Result<String, KeyFault>) -> Result<String, ConfigError> {
    let path = data_dir.join(name);
    let kept = match fs::read_to_string(&path) {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
            make().map_err(io::Error::other).and_then(|secret| create(data_dir, &path, &secret)).and_then(|()| fs::read_to_string(&path))
        }
        read => read,
    };
    kept.map_err(|source| ConfigError::Secret { path, source })
}

/// Written aside and then linked, so that of two processes starting at once neither reads half a secret.
fn create(data_dir: &Path, path: &Path, secret: &str) -> io::Result<()> {
    fs::create_dir_all(data_dir)?;
    let aside = path.with_extension(format!("new.{}", std::process::id()));
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?.write_all(secret.as_bytes())?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Err(other) if other.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done,
    }
}
