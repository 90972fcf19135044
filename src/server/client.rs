//! Where a request comes from, and in what it is looked at.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The address at the other end of the connection, for limits; unknown where the server was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(Option<IpAddr>);

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(address) => address.fmt(f),
            None => f.write_str("unknown"),
        }
    }
}

impl ClientAddress {
    /// For a gateway that wants to know it, in its plain form; a machine of ours where it is unknown.
    pub fn ip(&self) -> String {
        self.0.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)).to_canonical().to_string()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())))
    }
}

/// In what a person looks at the shop. Only for offering what works there: anybody may claim to be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// WeChat's own browser, where neither WeChat's page for other browsers nor Alipay's can be opened.
    InWechat,
    Browser,
}

impl<S: Send + Sync> FromRequestParts<S> for Window {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(if agent.contains("MicroMessenger") { Self::InWechat } else { Self::Browser })
    }
}
