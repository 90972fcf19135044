//! Where a request comes from, and in what it is looked at.

use crate::server::app::App;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::Extensions;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
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
    /// Whom it is counted for; unknown where the address is.
    pub fn counted_for(&self) -> Option<IpAddr> {
        self.0.map(network_of)
    }

    /// For a gateway that wants to know it, in its plain form; a machine of ours where it is unknown.
    pub fn ip(&self) -> String {
        self.0.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)).to_canonical().to_string()
    }
}

/// What is left of an IPv6 address by which providers tell their customers apart: anybody has all of the other half.
const CUSTOMERS: u128 = !0 << 64;
/// An IPv4 address as a gateway between both kinds of networks writes it (RFC 6052).
const TRANSLATED: [u16; 6] = [0x64, 0xff9b, 0, 0, 0, 0];

impl ClientAddress {
    /// For counting, in words.
    pub fn network(&self) -> String {
        match self.counted_for() {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(network)) => format!("{network}/64"),
        }
    }
}

/// Whom an address is counted for: an IPv4 address however it is written, and of an IPv6 address the network that one customer has.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if address.segments()[..6] == TRANSLATED => IpAddr::V4(Ipv4Addr::from_bits(low_half(address))),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & CUSTOMERS)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn low_half(address: Ipv6Addr) -> u32 {
    let [.., high, low] = address.segments();
    u32::from(high) << 16 | u32::from(low)
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
pub enum BrowserKind {
    /// WeChat's own browser, where neither WeChat's page for other browsers nor Alipay's can be opened.
    InWechat,
    /// A browser on a phone, or one that does not say.
    Browser,
    /// A screen beside the phone.
    Desktop,
}

/// How browsers on desktops call their machine; a tablet that says so can show a code as well.
const DESKTOPS: [&str; 4] = ["Windows NT", "Macintosh", "X11;", "CrOS"];

impl BrowserKind {
    fn of(agent: &str) -> Self {
        if agent.contains("MicroMessenger") {
            Self::InWechat
        } else if DESKTOPS.iter().any(|desktop| agent.contains(desktop)) && !agent.contains("Mobile") && !agent.contains("Android") {
            Self::Desktop
        } else {
            Self::Browser
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for BrowserKind {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self::of(agent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_customer_count_as_one() {
        let network = |address: &str| ClientAddress(Some(address.parse().unwrap())).network();
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("64:ff9b::203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2:ffff:ffff:ffff:ffff"), network("2001:db8:1:2::"));
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }

    #[test]
    fn a_desktop_is_told_from_a_phone() {
        let agents = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                BrowserKind::Desktop,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
                BrowserKind::Desktop,
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", BrowserKind::Desktop),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1",
                BrowserKind::Browser,
            ),
            ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36", BrowserKind::Browser),
            ("Mozilla/5.0 (X11; Linux; Android 14; a tablet) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36", BrowserKind::Browser),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/132.0.0.0 Safari/537.36 MicroMessenger/7.0.20 WindowsWechat",
                BrowserKind::InWechat,
            ),
            ("", BrowserKind::Browser),
        ];
        for (agent, window) in agents {
            assert_eq!(BrowserKind::of(agent), window, "{agent}");
        }
    }
}
