//! The HTTP client of an adapter, and what its address says of who is there.

use std::net::IpAddr;
use std::time::Duration;

use http::Uri;

use super::GatewayError;

/// How long a call may take before its outcome counts as unknown.
pub const TIMEOUT: Duration = Duration::from_secs(6);

/// A client that follows nobody elsewhere. A gateway on this machine is reached without a proxy.
pub fn client(base_url: &str, timeout: Duration) -> Result<reqwest::Client, GatewayError> {
    let client = reqwest::Client::builder().timeout(timeout).redirect(reqwest::redirect::Policy::none());
    let client = if is_on_this_machine(base_url) { client.no_proxy() } else { client };
    Ok(client.build()?)
}

/// Whether an address leads to this machine itself, where no real gateway is.
pub fn is_on_this_machine(url: &str) -> bool {
    let Some(host) = url.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_ascii_lowercase)) else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let address = host.parse::<IpAddr>().map(|address| address.to_canonical());
    address.map_or(host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback() || address.is_unspecified())
}

/// Scheme, host and port, as a content security policy names whom a page may lead to.
pub fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_all_its_names() {
        for url in [
            "http://127.0.0.1:3001",
            "https://127.9.9.9/gateway.do",
            "http://[::1]:3001",
            "http://[::ffff:127.0.0.1]/",
            "http://0.0.0.0",
            "https://LOCALHOST/",
            "http://localhost.:80",
            "http://pay.localhost",
        ] {
            assert!(is_on_this_machine(url), "{url}");
        }
        for url in ["https://api.mch.weixin.qq.com", "https://10.0.0.1", "https://localhost.example", "nonsense", ""] {
            assert!(!is_on_this_machine(url), "{url}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        assert_eq!(origin("https://openapi.alipay.com/gateway.do?x=1").as_deref(), Some("https://openapi.alipay.com"));
        assert_eq!(origin("/gateway.do"), None);
    }
}
