//! How this installation runs: flags first, then the environment, then the configuration file, then the defaults.

mod addresses;
mod collector;
mod error;
mod gateways;
mod kept;
mod proxies;
mod secret_key;
mod settings;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

pub use self::{
    addresses::{DatabaseUrl, Origin},
    collector::Collector,
    error::ConfigError,
    gateways::Accounts,
    kept::kept_in,
    proxies::TrustedProxies,
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
    /// Who may say for whom a request is.
    pub proxies: TrustedProxies,
    /// Where the shop keeps its rows.
    pub database_url: DatabaseUrl,
    /// Folder for everything that is not a row.
    pub data_dir: PathBuf,
    /// What refund accounts are sealed with, if it was set; otherwise it is kept in the data folder.
    pub secret_key: Option<SecretKey>,
    /// What is logged, and how.
    pub log: Log,
    /// Address that `/metrics` is told on, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Who hears of every request, if anybody.
    pub collector: Option<Collector>,
    /// For how long new connections are taken after the order to stop.
    pub drain: Duration,
    /// Whether this is a demo: a seeded shop, and the sandbox gateway beside it.
    pub demo: bool,
    /// Whether others than this machine may reach a demo.
    pub demo_public: bool,
    /// Whether this process runs what is due.
    pub workers: bool,
    /// The sandbox payment gateway of a demo.
    pub sandbox: SandboxSettings,
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
pub struct SandboxSettings {
    /// Address it listens on.
    pub listen: SocketAddr,
    /// Where it keeps its own rows: always SQLite.
    pub database_url: DatabaseUrl,
}

impl SandboxSettings {
    fn read(listen: Option<SocketAddr>, database_url: Option<String>, data_dir: &Path) -> Result<Self, ConfigError> {
        let database_url = match database_url {
            Some(url) => DatabaseUrl::parse_sqlite("sandbox_database_url (GUITU_SANDBOX_DATABASE_URL)", url)?,
            None => DatabaseUrl::sqlite_in(data_dir, "sandbox.db"),
        };
        Ok(Self { listen: listen.unwrap_or_else(|| loopback(3001)), database_url })
    }
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
        let sandbox = SandboxSettings::read(settings.sandbox_listen, settings.sandbox_database_url, &data_dir)?;
        let secret_key = settings.secret_key.map(|digits| SecretKey::parse("secret_key (GUITU_SECRET_KEY)", &digits)).transpose()?;
        let log = Log { format: settings.log_format.unwrap_or_default(), filter: settings.log_filter.unwrap_or_else(|| "info".to_owned()) };
        let proxies = TrustedProxies::parse("trusted_proxies (GUITU_TRUSTED_PROXIES)", &settings.trusted_proxies.unwrap_or_default())?;
        let collector =
            settings.otlp_endpoint.map(|url| Collector::parse("otlp_endpoint (OTEL_EXPORTER_OTLP_ENDPOINT)", &url)).transpose()?;
        let config = Self {
            listen,
            public_url,
            proxies,
            database_url,
            data_dir,
            secret_key,
            log,
            metrics_listen: settings.metrics_listen,
            collector,
            drain: Duration::from_secs(settings.drain_seconds.unwrap_or(0)),
            demo,
            demo_public: settings.demo_public.unwrap_or(false),
            workers: settings.workers.unwrap_or(true),
            sandbox,
            accounts,
        };
        config.consistent()
    }

    fn consistent(self) -> Result<Self, ConfigError> {
        // Behind a proxy on the same machine it may listen for that alone, and be reached by everybody.
        let listens_to_others = !self.listen.ip().is_loopback();
        if self.demo && !self.demo_public && (listens_to_others || !self.public_url.is_loopback()) {
            let address = if listens_to_others { self.listen.to_string() } else { self.public_url.to_string() };
            return Err(ConfigError::DemoInPublic { address });
        }
        if self.demo && self.listen == self.sandbox.listen && self.listen.port() != 0 {
            return Err(ConfigError::OneAddressTwice { address: self.listen });
        }
        let mut others = [Some(self.listen), self.demo.then_some(self.sandbox.listen)].into_iter().flatten();
        if let Some(address) = self.metrics_listen.filter(|metrics| metrics.port() != 0 && others.any(|other| other == *metrics)) {
            return Err(ConfigError::MetricsInPublic { address });
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
