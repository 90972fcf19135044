//! What a browser tells of itself when somebody logs in with it, and the cookie by which it is known the next time.

use super::client::ClientAddress;
use crate::domain::people::logged_in::LogInSide;
use crate::server::app::App;
use crate::server::people::visitor::Visitor;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, USER_AGENT};
use axum::http::request::Parts;
use std::convert::Infallible;

const COOKIES: [&str; 2] = ["known-buyer", "known-staff"];
const ONE_YEAR: i64 = 365 * 24 * 3600;

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let address = ClientAddress::from_request_parts(parts, state).await?;
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self { network: address.network(), device: device(agent), known: known(&parts.headers) })
    }
}

/// The cookie by which a browser is known to the account that it has logged in to.
pub fn cookie(app: &App, side: LogInSide, known_by: &str) -> String {
    let name = match side {
        LogInSide::Buyer => COOKIES[0],
        LogInSide::Staff => COOKIES[1],
    };
    let (host, secure) = if app.secure_cookies { ("__Host-", "; Secure") } else { ("", "") };
    format!("{host}{name}={known_by}; Path=/; Max-Age={ONE_YEAR}; SameSite=Lax; HttpOnly{secure}")
}

fn known(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let ours = cookies.filter(|(name, _)| COOKIES.contains(&name.trim_start_matches("__Host-")));
    ours.take(4).map(|(_, value)| value.to_owned()).collect()
}

/// What a browser says of itself, in two words.
fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("MicroMessenger", "微信"),
        ("AlipayClient", "支付宝"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "鸿蒙"),
        ("Android", "安卓"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    let name = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (name(&BROWSERS), name(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(known), None) | (None, Some(known)) => known.to_owned(),
        (None, None) => "未知设备".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_name_and_its_machine() {
        let agents = [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0", "Edge · Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
            ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/142.0 Mobile Safari/537.36 MicroMessenger/8.0", "微信 · 安卓"),
            ("curl/8.5.0", "未知设备"),
        ];
        for (agent, words) in agents {
            assert_eq!(device(agent), words);
        }
    }
}
