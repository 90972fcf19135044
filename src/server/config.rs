//! How this installation runs: flags first, then the environment, then the configuration file, then the defaults.

mod addresses;
mod error;
mod gateways;
mod kept;
mod secret_key;
mod settings;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

pub use self::{
    addresses::{DatabaseUrl, Origin},
    error::ConfigError,
    gateways::Accounts,
    kept::kept_in,
    secret_key::SecretKey,
    settings::{LogFormat, Settings},
};

/// A configuration that can be started.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address the shop listens on.
    pub listen: SocketAddr,
    /// Where browsers reach the shop.
    pub public_url: Origin,
    /// Where the shop keeps its rows.
    pub database_url: DatabaseUrl,
    /// Folder for everything that is not a row.
    pub data_dir: PathBuf,
    /// What refund accounts are sealed with, if it was set; otherwise it is kept in the data folder.
    pub secret_key: Option<SecretKey>,
    /// What is logged, and how.
    pub log: Log,
    /// Whether this is a demo: a seeded shop, and the sandbox gateway beside it.
    pub demo: bool,
    /// Whether this process runs what is due.
    pub workers: bool,
    /// The sandbox payment gateway of a demo.
    pub sandbox: Sandbox,
    /// The shop's own accounts at the payment gateways: none in a demo.
    pub accounts: Accounts,
}

/// What is logged, and how.
#[derive(Clone, Debug)]
pub struct Log {
    /// How lines are written.
    pub format: LogFormat,
    /// Which lines are written, in the syntax of `tracing`'s `EnvFilter`.
    pub filter: String,
}

/// The sandbox payment gateway of a demo.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// Address it listens on.
    pub listen: SocketAddr,
    /// Where it keeps its own rows: always SQLite.
    pub database_url: DatabaseUrl,
}

impl Config {
    /// Completes what flags and environment gave with the file, if one is named, and the defaults.
    pub fn load(given: Settings, file: Option<PathBuf>) -> Result<Self, ConfigError> {
        let filed = file.map(Settings::from_file).transpose()?.unwrap_or_default();
        Self::from_settings(given.or(filed))
    }

    fn from_settings(settings: Settings) -> Result<Self, ConfigError> {
        let demo = settings.demo.unwrap_or(false);
        let accounts = Accounts::read(&settings, demo)?;
        let listen = settings.listen.unwrap_or_else(|| loopback(3000));
        let data_dir = settings.data_dir.unwrap_or_else(|| PathBuf::from("data"));
        let database_url = match settings.database_url {
            Some(url) => DatabaseUrl::parse("database_url (DATABASE_URL)", url)?,
            None => DatabaseUrl::sqlite_in(&data_dir, "guitu.db"),
        };
        let public_url = match settings.public_url {
            Some(url) => Origin::parse("public_url (GUITU_PUBLIC_URL)", &url)?,
            None => Origin::of(listen),
        };
        let sandbox = Sandbox {
            listen: settings.sandbox_listen.unwrap_or_else(|| loopback(3001)),
            database_url: match settings.sandbox_database_url {
                Some(url) => DatabaseUrl::parse_sqlite("sandbox_database_url (GUITU_SANDBOX_DATABASE_URL)", url)?,
                None => DatabaseUrl::sqlite_in(&data_dir, "sandbox.db"),
            },
        };
        let secret_key = settings.secret_key.map(|digits| SecretKey::parse("secret_key (GUITU_SECRET_KEY)", &digits)).transpose()?;
        let log = Log { format: settings.log_format.unwrap_or_default(), filter: settings.log_filter.unwrap_or_else(|| "info".to_owned()) };
        let workers = settings.workers.unwrap_or(true);
        let config = Self { listen, public_url, database_url, data_dir, secret_key, log, demo, workers, sandbox, accounts };
        config.consistent()
    }

    fn consistent(self) -> Result<Self, ConfigError> {
        if self.demo && self.listen == self.sandbox.listen && self.listen.port() != 0 {
            return Err(ConfigError::OneAddressTwice { address: self.listen });
        }
        if self.demo && self.database_url == self.sandbox.database_url {
            return Err(ConfigError::OneDatabaseTwice);
        }
        Ok(self)
    }

    /// Where pictures that buyers and staff upload are kept.
    #[must_use]
    pub fn evidence_dir(&self) -> PathBuf {
        self.data_dir.join("evidence")
    }

    /// Whether cookies travel by TLS only.
    #[must_use]
    pub fn secure_cookies(&self) -> bool {
        self.public_url.is_https()
    }
}

fn loopback(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
