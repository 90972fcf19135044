//! What may be set, each by a flag, an environment variable or a line of the configuration file.

use std::{fs, net::SocketAddr, path::PathBuf};

use serde::Deserialize;

use super::ConfigError;

/// Every setting as it was given; what nobody gave is `None`.
#[derive(Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address the shop listens on [default: 127.0.0.1:3000]
    #[arg(long, global = true, env = "GUITU_LISTEN", value_name = "IP:PORT")]
    pub listen: Option<SocketAddr>,

    /// Address under which people reach the shop [default: http:// and the listening address]
    #[arg(long, global = true, env = "GUITU_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: sqlite, in the data folder]
    #[arg(long, global = true, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Folder for uploaded evidence and, with SQLite, the database [default: data]
    #[arg(long, global = true, env = "GUITU_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,

    /// 64 hexadecimal digits that refund accounts are sealed with; several machines share it [default: secret.key in the data folder]
    #[arg(long, global = true, env = "GUITU_SECRET_KEY", value_name = "HEX", hide_env_values = true)]
    pub secret_key: Option<String>,

    /// How log lines are written [default: text]
    #[arg(long, global = true, env = "GUITU_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,

    /// Which log lines are written, for example `info,guitu=debug` [default: info]
    #[arg(long, global = true, env = "GUITU_LOG_FILTER", value_name = "FILTER")]
    pub log_filter: Option<String>,

    /// Fill an empty database with the demo shop and start the sandbox payment gateway [default: false]
    #[arg(long, global = true, env = "GUITU_DEMO", value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo: Option<bool>,

    /// Run the clocks, refunds and messages that are due in this process [default: true]
    #[arg(long, global = true, env = "GUITU_WORKERS", value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub workers: Option<bool>,

    /// Address the sandbox payment gateway listens on [default: 127.0.0.1:3001]
    #[arg(long, global = true, env = "GUITU_SANDBOX_LISTEN", value_name = "IP:PORT")]
    pub sandbox_listen: Option<SocketAddr>,

    /// `sqlite:FILE` of the sandbox payment gateway [default: in the data folder]
    #[arg(long, global = true, env = "GUITU_SANDBOX_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub sandbox_database_url: Option<String>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For a person at a terminal.
    #[default]
    Text,
    /// One JSON object a line, for a log collector.
    Json,
}

impl Settings {
    /// The settings written in a TOML file; a name that means nothing is refused.
    pub fn from_file(path: PathBuf) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(&path).map_err(|source| ConfigError::FileUnreadable { path: path.clone(), source })?;
        // The line is named, not quoted: it may hold a password.
        toml::from_str(&text).map_err(|refused| ConfigError::FileInvalid {
            path,
            line: 1 + refused.span().and_then(|span| text.get(..span.start)).map_or(0, |before| before.matches('\n').count()),
            reason: refused.message().to_owned(),
        })
    }

    /// These settings, and for what they leave open the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            listen: self.listen.or(others.listen),
            public_url: self.public_url.or(others.public_url),
            database_url: self.database_url.or(others.database_url),
            data_dir: self.data_dir.or(others.data_dir),
            secret_key: self.secret_key.or(others.secret_key),
            log_format: self.log_format.or(others.log_format),
            log_filter: self.log_filter.or(others.log_filter),
            demo: self.demo.or(others.demo),
            workers: self.workers.or(others.workers),
            sandbox_listen: self.sandbox_listen.or(others.sandbox_listen),
            sandbox_database_url: self.sandbox_database_url.or(others.sandbox_database_url),
        }
    }
}
