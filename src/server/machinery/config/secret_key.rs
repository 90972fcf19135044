//! The key that what only few may read is sealed with: set for several machines, or made once in the data folder.

use std::{fmt, path::Path};

use super::{ConfigError, kept_in};
use crate::server::clock::random_u64;

const NAME: &str = "secret.key";

/// 256 bits. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// Reads 64 hexadecimal digits, as `openssl rand -hex 32` writes them.
    pub fn parse(setting: &'static str, digits: &str) -> Result<Self, ConfigError> {
        Self::from_digits(digits).ok_or(ConfigError::SecretKey { setting })
    }

    /// The key kept in the data folder; the first call makes it, readable by its owner only.
    pub fn kept_in(data_dir: &Path) -> Result<Self, ConfigError> {
        let fresh = || Ok([random_u64(), random_u64(), random_u64(), random_u64()].map(|part| format!("{part:016x}")).concat());
        let kept = kept_in(data_dir, NAME, fresh)?;
        Self::from_digits(&kept).ok_or_else(|| ConfigError::SecretKeyDamaged { path: data_dir.join(NAME) })
    }

    /// The key kept in the data folder, if there is one.
    pub fn found_in(data_dir: &Path) -> Result<Option<Self>, ConfigError> {
        let path = data_dir.join(NAME);
        match std::fs::read_to_string(&path) {
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ConfigError::Secret { path, source }),
            Ok(digits) => Self::from_digits(&digits).map(Some).ok_or(ConfigError::SecretKeyDamaged { path }),
        }
    }

    pub fn from_random(parts: [u64; 4]) -> Self {
        let mut bytes = [0; 32];
        for (eight, part) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(parts) {
            *eight = part.to_be_bytes();
        }
        Self(bytes)
    }

    pub fn from_digits(digits: &str) -> Option<Self> {
        let digits = digits.trim();
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |index: usize| u64::from_str_radix(digits.get(index * 16..index * 16 + 16)?, 16).ok();
        Some(Self::from_random([part(0)?, part(1)?, part(2)?, part(3)?]))
    }

    /// As it is written in the data folder.
    pub fn digits(&self) -> String {
        self.0.iter().fold(String::with_capacity(64), |digits, byte| digits + &format!("{byte:02x}"))
    }

    /// The secret itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}
