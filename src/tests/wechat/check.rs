//! The self-check of an account at WeChat Pay: what is wrong, and what to do about it.

use axum::Router;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, DATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use guitu::domain::time::MINUTE;
use guitu::server::clock::{Clock, SystemClock};
use guitu::server::payments::Gateways;
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{PlatformKeys, WechatGateway, WechatSettings};
use guitu::start::checked;
use std::sync::{Arc, LazyLock};

use super::support::{SERIAL, Town, WECHAT_KEY, door, settings};
use crate::sandbox::ear::listen;

/// Somebody else's key.
static OTHER: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

/// What is said of such an account.
async fn said(settings: WechatSettings) -> (String, bool) {
    checked(&Gateways { wechat: Some(Arc::new(WechatGateway::new(settings).unwrap())), alipay: None }).await
}

#[tokio::test]
async fn right_keys_are_called_right() {
    let town = Town::start().await;
    let (report, right) = said(town.settings()).await;
    assert!(right && report.starts_with("WeChat Pay\n") && report.contains("our signature was accepted"), "{report}");
    assert!(report.contains("our clock is 0 s") || report.contains("our clock is 1 s"), "{report}");
}

#[tokio::test]
async fn each_wrong_key_is_told_from_the_other() {
    let town = Town::start().await;
    for settings in [
        WechatSettings { key: OTHER.clone(), ..town.settings() },
        WechatSettings { serial: "5157".to_owned(), ..town.settings() },
        WechatSettings { mchid: "1900000001".to_owned(), ..town.settings() },
    ] {
        let (report, right) = said(settings).await;
        assert!(!right && report.contains("wechat_key has to be") && report.contains("SIGN_ERROR"), "{report}");
    }
    let theirs = |serial: &str, key: &PrivateKey| PlatformKeys::default().with(serial, key.public().unwrap());
    for platform in [theirs(SERIAL, &OTHER), theirs("PUB_KEY_ID_0", &WECHAT_KEY)] {
        let (report, right) = said(WechatSettings { platform, ..town.settings() }).await;
        assert!(!right && report.contains("bring wechat_public_key"), "{report}");
    }
}

/// Hands every request on, and the answer back with a clock that is ten minutes ahead.
async fn ahead(State(town): State<Arc<Town>>, uri: Uri, headers: HeaderMap) -> Response {
    let request = town.browser.get(format!("{}{uri}", town.sandbox.base_url));
    let answer = request.header(AUTHORIZATION, headers[AUTHORIZATION].clone()).send().await.unwrap();
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    let date = chrono::DateTime::from_timestamp_millis(SystemClock.now().0 + 10 * MINUTE).unwrap().to_rfc2822();
    headers.insert(DATE, HeaderValue::from_str(&date.replace("+0000", "GMT")).unwrap());
    (status, headers, answer.bytes().await.unwrap()).into_response()
}

#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_is_noticed() {
    let url = listen(Router::new().fallback(ahead).with_state(Arc::new(Town::start().await))).await;
    let (report, right) = said(WechatSettings { login: None, ..settings(&door(&url)) }).await;
    let is_behind = (590..=600).any(|seconds| report.contains(&format!(" {seconds} s behind its")));
    assert!(!right && is_behind, "{report}");
    assert!(report.contains("NTP") && report.contains("our signature was accepted"), "{report}");
}

#[tokio::test]
async fn nobody_there_and_somebody_else_there_are_told_apart() {
    let (report, right) = said(settings("http://127.0.0.1:1")).await;
    assert!(!right && report.contains("it cannot be reached") && report.contains("wechat_url"), "{report}");
    for status in [StatusCode::OK, StatusCode::UNAUTHORIZED, StatusCode::BAD_GATEWAY] {
        let url = listen(Router::new().fallback(async move || (status, Html("<h1>Log in</h1>")))).await;
        let (report, right) = said(settings(&door(&url))).await;
        assert!(!right && report.contains("the answer is not the gateway's"), "{report}");
    }
}
