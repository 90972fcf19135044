//! Addresses of the configuration, parsed once into types that cannot be wrong.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

use http::Uri;
use sqlx::sqlite::SqliteConnectOptions;

use super::ConfigError;

/// Where the rows are kept. Printed without user, password and options.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Accepts `sqlite:` and `postgres://` only, the two engines Guitu runs on.
    pub fn parse(setting: &'static str, url: String) -> Result<Self, ConfigError> {
        let host = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
        if host.is_some_and(|rest| !rest.is_empty()) {
            return Ok(Self(url));
        }
        Self::parse_sqlite(setting, url).map_err(|_| ConfigError::DatabaseUrl { setting })
    }

    /// Accepts `sqlite:` only.
    pub fn parse_sqlite(setting: &'static str, url: String) -> Result<Self, ConfigError> {
        let file = url.strip_prefix("sqlite:").is_some_and(|file| !file.is_empty());
        let named = file && SqliteConnectOptions::from_str(&url).is_ok();
        if named { Ok(Self(url)) } else { Err(ConfigError::SqliteUrl { setting }) }
    }

    /// A SQLite file of that name in the data folder.
    #[must_use]
    pub fn sqlite_in(data_dir: &Path, file: &str) -> Self {
        // As in any address, these signs would mean something else.
        let path = data_dir.join(file).display().to_string().replace('%', "%25").replace('?', "%3F");
        Self(format!("sqlite:{path}"))
    }

    /// The address in full, password included: for connecting, never for printing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file, where it is one.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let options = self.0.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(&self.0).ok())??;
        Some(options.get_filename().to_owned())
    }

    /// Whether this names a PostgreSQL server, else it names a SQLite file.
    #[must_use]
    fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres")
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_postgres() {
            return f.write_str(self.0.split('?').next().unwrap_or_default());
        }
        let uri = self.0.parse::<Uri>().ok();
        match uri.as_ref().and_then(|uri| Some((uri.host()?, uri.path()))) {
            Some((host, database)) => write!(f, "postgres://{host}{database}"),
            None => f.write_str("postgres://…"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// Where browsers reach a server: scheme, host and port, nothing behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Accepts `http://` and `https://` with a host, and at most a closing slash.
    pub fn parse(setting: &'static str, url: &str) -> Result<Self, ConfigError> {
        let refused = || ConfigError::Origin { setting, given: url.to_owned() };
        let uri: Uri = url.parse().map_err(|_| refused())?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(refused()) };
        let bare = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
        if bare { Ok(Self(format!("{scheme}://{authority}"))) } else { Err(refused()) }
    }

    /// The origin of a server that listens there and has no other name; one that listens everywhere is reached by loopback.
    #[must_use]
    pub fn of(listen: SocketAddr) -> Self {
        let port = listen.port();
        match listen {
            SocketAddr::V4(address) if address.ip().is_unspecified() => Self(format!("http://127.0.0.1:{port}")),
            SocketAddr::V6(address) if address.ip().is_unspecified() => Self(format!("http://[::1]:{port}")),
            SocketAddr::V4(_) | SocketAddr::V6(_) => Self(format!("http://{listen}")),
        }
    }

    /// As it is written in front of a path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether only this machine comes there.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let uri = self.0.parse::<Uri>().unwrap_or_default();
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether browsers come by TLS, so that cookies may insist on it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
