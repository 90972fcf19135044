//! The self-check of an account at Alipay: what is wrong, and what to do about it.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Uri, header::DATE};
use axum::response::{Html, IntoResponse, Response};
use guitu::domain::time::MINUTE;
use guitu::server::clock::{Clock, SystemClock};
use guitu::server::payments::Gateways;
use guitu::server::payments::alipay::{AlipayGateway, AlipaySettings};
use guitu::server::payments::keys::PrivateKey;
use guitu::start::checked;
use std::sync::Arc;

use super::support::{Town, door, settings};
use crate::sandbox::ear::listen;

/// Somebody else's key.
static OTHER: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

/// What is said of such an account.
async fn said(settings: AlipaySettings) -> (String, bool) {
    checked(&Gateways { wechat: None, alipay: Some(Arc::new(AlipayGateway::new(settings).unwrap())) }).await
}

#[tokio::test]
async fn right_keys_are_called_right() {
    let town = Town::start().await;
    let (report, right) = said(town.settings()).await;
    assert!(right && report.starts_with("Alipay\n") && report.contains("our signature was accepted"), "{report}");
    assert!(report.contains("our clock is 0 s") || report.contains("our clock is 1 s"), "{report}");
}

#[tokio::test]
async fn each_wrong_key_is_told_from_the_other() {
    let town = Town::start().await;
    let (report, right) = said(AlipaySettings { key: OTHER.clone(), ..town.settings() }).await;
    assert!(!right && report.contains("alipay_key has to be") && report.contains("isv.invalid-signature"), "{report}");
    let (report, right) = said(AlipaySettings { alipay_key: OTHER.public().unwrap(), ..town.settings() }).await;
    assert!(!right && report.contains("bring alipay_public_key"), "{report}");
    let (report, right) = said(AlipaySettings { app_id: "2021000000009999".to_owned(), ..town.settings() }).await;
    assert!(!right && report.contains("isv.invalid-app-id"), "{report}");
}

/// Hands every request on, and the answer back with a clock that is ten minutes ahead.
async fn ahead(State(town): State<Arc<Town>>, uri: Uri, body: String) -> Response {
    let form = "application/x-www-form-urlencoded;charset=utf-8";
    let request = town.browser.post(format!("{}{uri}", town.sandbox.base_url)).header("content-type", form).body(body);
    let mut answer = request.send().await.unwrap().text().await.unwrap().into_response();
    let date = chrono::DateTime::from_timestamp_millis(SystemClock.now().0 + 10 * MINUTE).unwrap().to_rfc2822();
    answer.headers_mut().insert(DATE, HeaderValue::from_str(&date.replace("+0000", "GMT")).unwrap());
    answer
}

#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_is_noticed() {
    let url = listen(Router::new().fallback(ahead).with_state(Arc::new(Town::start().await))).await;
    let (report, right) = said(settings(&door(&url))).await;
    let is_behind = (590..=600).any(|seconds| report.contains(&format!(" {seconds} s behind its")));
    assert!(!right && is_behind, "{report}");
    assert!(report.contains("NTP") && report.contains("our signature was accepted"), "{report}");
}

#[tokio::test]
async fn nobody_there_and_somebody_else_there_are_told_apart() {
    let (report, right) = said(settings("http://127.0.0.1:1/gateway.do")).await;
    assert!(!right && report.contains("it cannot be reached") && report.contains("alipay_url"), "{report}");
    let url = listen(Router::new().fallback(async || Html("<h1>502 Bad Gateway</h1>"))).await;
    let (report, right) = said(settings(&door(&url))).await;
    assert!(!right && report.contains("the answer is not the gateway's") && report.contains("text/html"), "{report}");
}
