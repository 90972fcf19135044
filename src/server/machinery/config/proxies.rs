//! Who may speak for others: the proxies in front of the shop.

use std::net::{IpAddr, Ipv6Addr};

use super::ConfigError;

/// Networks whose machines are proxies of ours. Nobody else is believed when he names an address that is not his (A3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(Ipv6Addr, u32)>);

impl TrustedProxies {
    /// Reads addresses and networks between commas: `127.0.0.1, 10.0.0.0/8`.
    pub fn parse(setting: &'static str, list: &str) -> Result<Self, ConfigError> {
        let networks = list.split(',').map(str::trim).filter(|given| !given.is_empty());
        let read = |given: &str| network(given).ok_or_else(|| ConfigError::Proxies { setting, given: given.to_owned() });
        networks.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether there are none: then whoever connects is who asks.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Who asks, of those that `X-Forwarded-For` names in the order of the way here: the last who is no proxy of ours. What stands before him
    /// anybody can have written.
    pub fn behind<'a>(&self, peer: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        let mut nearest = peer;
        for named in forwarded.rev() {
            if !self.trusts(nearest) {
                break;
            }
            let Ok(named) = named.trim().parse() else { break };
            nearest = named;
        }
        nearest
    }

    /// Is this one of them?
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        let bits = wide(address).to_bits();
        self.0.iter().any(|(network, prefix)| (network.to_bits() ^ bits).leading_zeros() >= *prefix)
    }
}

/// Every address in the wide form, so that one comparison does for both.
fn wide(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    }
}

fn network(given: &str) -> Option<(Ipv6Addr, u32)> {
    let (address, prefix) = given.split_once('/').map_or((given, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().ok()?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Some(bits), |prefix| prefix.parse().ok().filter(|prefix| *prefix <= bits))?;
    Some((wide(address), prefix + (128 - bits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(peer: &str, forwarded: &str) -> String {
        let proxies = TrustedProxies::parse("", "127.0.0.1, 10.0.0.0/8,fd00::/8").expect("a list");
        proxies.behind(peer.parse().expect("an address"), forwarded.split(',')).to_string()
    }

    #[test]
    fn only_a_proxy_of_ours_speaks_for_others() {
        assert_eq!(behind("203.0.113.7", "198.51.100.1"), "203.0.113.7");
        assert_eq!(behind("127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(behind("::ffff:10.1.2.3", "198.51.100.1"), "198.51.100.1");
        assert_eq!(behind("fd00::1", "2001:db8::5"), "2001:db8::5");
    }

    #[test]
    fn what_stands_before_the_last_stranger_is_not_believed() {
        assert_eq!(behind("127.0.0.1", "127.0.0.1, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
        assert_eq!(behind("127.0.0.1", "1.2.3.4, nonsense"), "127.0.0.1");
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for wrong in ["proxy", "10.0.0.0/33", "10.0.0.0/", "fd00::/129"] {
            assert!(TrustedProxies::parse("trusted_proxies", wrong).is_err(), "{wrong}");
        }
        assert!(TrustedProxies::parse("trusted_proxies", "").is_ok_and(|none| none.is_empty()));
    }
}
