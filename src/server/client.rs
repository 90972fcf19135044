//! Where a request comes from, and in what it is looked at.

use super::app::App;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::Extensions;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// The address that a request comes from, for limits: the other end of the connection, or whom a proxy of ours speaks for; unknown where the
/// server was not told.
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
        let spoken_for = parts.extensions.get::<Self>().copied();
        Ok(spoken_for.unwrap_or_else(|| Self(peer(&parts.extensions))))
    }
}

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}

/// Middleware for a shop behind proxies: whom do they speak for?
pub async fn behind_proxies(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    if let Some(peer) = peer(request.extensions()) {
        let lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let named: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        let address = app.proxies.behind(peer, named.into_iter());
        request.extensions_mut().insert(ClientAddress(Some(address)));
    }
    next.run(request).await
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
