//! Where traces go.

use std::fmt;

use http::Uri;

use super::ConfigError;

/// A collector that speaks OTLP over HTTP. Keys for it come by `OTEL_EXPORTER_OTLP_HEADERS`, never in its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collector(String);

impl Collector {
    /// Accepts `http://` and `https://` with a host, and a path where the collector stands behind one.
    pub fn parse(setting: &'static str, url: &str) -> Result<Self, ConfigError> {
        let refused = ConfigError::CollectorUrl { setting };
        let Ok(uri) = url.parse::<Uri>() else { return Err(refused) };
        let bare = uri.query().is_none() && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        match uri.scheme_str() {
            Some("http" | "https") if bare => Ok(Self(url.trim_end_matches('/').to_owned())),
            _ => Err(refused),
        }
    }

    /// The address that takes traces.
    #[must_use]
    pub fn traces(&self) -> String {
        format!("{}/v1/traces", self.0)
    }
}

impl fmt::Display for Collector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
