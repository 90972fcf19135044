//! Why a configuration cannot be started, and what to do about it.

use std::{io, net::SocketAddr, path::PathBuf};

/// Why a configuration cannot be started. Each sentence ends with the way out, and none repeats a password.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {} cannot be read: {source}; name another with --config or GUITU_CONFIG", path.display())]
    FileUnreadable { path: PathBuf, source: io::Error },

    #[error("the configuration file {}, line {line}: {reason}", path.display())]
    FileInvalid { path: PathBuf, line: usize, reason: String },

    #[error("{setting} must be sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE")]
    DatabaseUrl { setting: &'static str },

    #[error("{setting} must be sqlite:FILE")]
    SqliteUrl { setting: &'static str },

    #[error("{setting} must be http:// or https:// with a host and nothing behind it, like https://shop.example; it is {given:?}")]
    Origin { setting: &'static str, given: String },

    #[error("log_filter (GUITU_LOG_FILTER) {given:?} is no filter: {reason}; write it like info,guitu=debug")]
    LogFilter { given: String, reason: String },

    #[error(
        "shop and sandbox gateway cannot both listen on {address}; change listen (GUITU_LISTEN) or sandbox_listen (GUITU_SANDBOX_LISTEN)"
    )]
    OneAddressTwice { address: SocketAddr },

    #[error("shop and sandbox gateway cannot share a database; change database_url or sandbox_database_url")]
    OneDatabaseTwice,

    #[error("the sandbox key {} cannot be kept: {source}; make the folder writable or choose another data_dir (GUITU_DATA_DIR)", path.display())]
    SandboxKey { path: PathBuf, source: io::Error },

    #[error("{setting} must be 64 hexadecimal digits; make one with: openssl rand -hex 32")]
    SecretKey { setting: &'static str },

    #[error("the secret key {} cannot be kept: {source}; make the folder writable, or set secret_key (GUITU_SECRET_KEY)", path.display())]
    KeyFile { path: PathBuf, source: io::Error },

    #[error("the secret key {} is damaged; put back a copy of it: without it what was sealed cannot be read", path.display())]
    KeyFileDamaged { path: PathBuf },

    #[error("the sandbox key {} is damaged; delete the file and a new one is made", path.display())]
    SandboxKeyDamaged { path: PathBuf },
}
