//! The self-check of an account at WeChat Pay: what is wrong, and what to do about it.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use guitu::server::payments::Gateways;
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{PlatformKeys, WechatGateway, WechatSettings};
use guitu::start::checked;

use super::support::{SERIAL, Town, WECHAT_KEY, settings};
use crate::alipay::support::listen;

/// What is said of such an account.
async fn said(settings: WechatSettings) -> (String, bool) {
    checked(&Gateways { wechat: Some(Arc::new(WechatGateway::new(settings).unwrap())), alipay: None }).await
}

#[tokio::test]
async fn right_keys_are_called_right() {
    let town = Town::start().await;
    let (report, right) = said(town.settings()).await;
    assert!(right && report.contains("our signature was accepted"), "{report}");
    assert!(report.contains("our clock is 0 s") || report.contains("our clock is 1 s"), "{report}");
}

#[tokio::test]
async fn each_wrong_key_is_told_from_the_other() {
    let town = Town::start().await;
    let other = PrivateKey::generate().unwrap();
    for settings in [
        WechatSettings { key: other.clone(), ..town.settings() },
        WechatSettings { serial: "5157".to_owned(), ..town.settings() },
        WechatSettings { mchid: "1900000001".to_owned(), ..town.settings() },
    ] {
        let (report, right) = said(settings).await;
        assert!(!right && report.contains("wechat_key has to be") && report.contains("SIGN_ERROR"), "{report}");
    }
    for platform in
        [PlatformKeys::default().with(SERIAL, other.public().unwrap()), PlatformKeys::default().with("0000", WECHAT_KEY.public().unwrap())]
    {
        let (report, right) = said(WechatSettings { platform, ..town.settings() }).await;
        assert!(!right && report.contains("bring wechat_public_key"), "{report}");
    }
}

#[tokio::test]
async fn nobody_and_somebody_else_are_told_apart() {
    let (report, right) = said(settings("http://127.0.0.1:1")).await;
    assert!(!right && report.contains("cannot be reached"), "{report}");
    let proxy = listen(Router::new().fallback(async || (StatusCode::OK, "<title>请登录</title>"))).await;
    let (report, right) = said(settings(&proxy)).await;
    assert!(!right && report.contains("something in between answered"), "{report}");
}
