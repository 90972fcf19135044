//! The secret that shop and sandbox gateway sign with, made once an installation.

use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::ConfigError;
use crate::server::clock::random_u64;

const LENGTH: usize = 64;

/// Signs what goes between shop and sandbox gateway. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SandboxKey(String);

impl SandboxKey {
    /// The key kept in the data folder; the first call makes it, readable by its owner only.
    pub fn kept_in(data_dir: &Path) -> Result<Self, ConfigError> {
        let path = data_dir.join("sandbox.key");
        let kept = match fs::read_to_string(&path) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => create(data_dir, &path).and_then(|()| fs::read_to_string(&path)),
            read => read,
        };
        let key = kept.map_err(|source| ConfigError::SandboxKey { path: path.clone(), source })?;
        let key = key.trim();
        if key.len() == LENGTH { Ok(Self(key.to_owned())) } else { Err(ConfigError::SandboxKeyDamaged { path }) }
    }

    /// The secret itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A fresh key of 64 hexadecimal digits, written aside and then linked, so that of two processes starting at once neither reads half a key.
pub(super) fn create(data_dir: &Path, path: &Path) -> io::Result<()> {
    fs::create_dir_all(data_dir)?;
    let key = [random_u64(), random_u64(), random_u64(), random_u64()].map(|part| format!("{part:016x}")).concat();
    let aside = path.with_extension(format!("key.{}", std::process::id()));
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?.write_all(key.as_bytes())?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Err(other) if other.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done,
    }
}

impl fmt::Debug for SandboxKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SandboxKey(…)")
    }
}
