//! Why a configuration cannot be started, and what to do about it.

use std::{io, net::SocketAddr, path::PathBuf};

use crate::server::payments::keys::KeyFault;

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

    #[error(
        "a demo, whose passwords are published, is for this machine only, and {address} is for others too; leave listen (GUITU_LISTEN) and public_url (GUITU_PUBLIC_URL) away, or say --demo-public (GUITU_DEMO_PUBLIC) as well if that is wanted"
    )]
    DemoInPublic { address: String },

    #[error("/metrics cannot be told on {address}, where everybody comes; give metrics_listen (GUITU_METRICS_LISTEN) a port of its own")]
    MetricsInPublic { address: SocketAddr },

    #[error("{setting} must be addresses or networks between commas, like 127.0.0.1,10.0.0.0/8; {given:?} is neither")]
    Proxies { setting: &'static str, given: String },

    #[error("traces cannot be sent to {given}: {reason}; change otlp_endpoint (OTEL_EXPORTER_OTLP_ENDPOINT) or leave it away")]
    Collector { given: String, reason: String },

    #[error("{setting} must be http:// or https:// with a host, like http://127.0.0.1:4318")]
    CollectorUrl { setting: &'static str },

    #[error("shop and sandbox gateway cannot share a database; change database_url or sandbox_database_url")]
    OneDatabaseTwice,

    #[error("the secret {} cannot be kept: {source}; make the folder writable or choose another data_dir (GUITU_DATA_DIR)", path.display())]
    Secret { path: PathBuf, source: io::Error },

    #[error("the secret {} is damaged: {fault}; delete the file and a new one is made", path.display())]
    SecretDamaged { path: PathBuf, fault: KeyFault },

    #[error("{setting} must be 64 hexadecimal digits; make one with: openssl rand -hex 32")]
    SecretKey { setting: &'static str },

    #[error("the secret key {} is damaged; put back a copy of it: without it what was sealed cannot be read", path.display())]
    SecretKeyDamaged { path: PathBuf },

    #[error("{setting} is missing: the account is given in part only; give it too, or none of the account's settings")]
    AccountHalfGiven { setting: &'static str },

    #[error("{setting} must be {wanted}")]
    Account { setting: &'static str, wanted: &'static str },

    #[error("{setting}: the file cannot be read: {source}; name a file that this program may read")]
    AccountFile { setting: &'static str, source: io::Error },

    #[error("{setting}: {fault}")]
    AccountKey { setting: &'static str, fault: KeyFault },

    #[error(
        "{setting} leads to a sandbox, which moves no real money: it must be https:// and no machine of one's own; to try Guitu out, start it with --demo and without an account"
    )]
    SandboxInProduction { setting: &'static str },

    #[error(
        "{setting} is given, but a demo pays through its own sandbox: take real money without --demo, or start the demo without an account"
    )]
    AccountInDemo { setting: &'static str },
}
