//! Whoever answers in WeChat Pay's place decides nothing.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{ApiV3Key, PlatformKeys, WechatGateway, WechatSettings};
use guitu::server::payments::{Gateway, GatewayError, PaymentOutcome, RefundOutcome, Remedy, SignatureFault};
use serde_json::{Value, json};

use super::forgery::signed;
use super::support::{APPID, MCHID, SERIAL, SHOP_KEY, Town, WECHAT_KEY, settings};
use crate::sandbox::ear::listen;

/// The adapter before somebody who always answers this.
async fn before(status: StatusCode, headers: HeaderMap, body: impl Into<Vec<u8>>) -> WechatGateway {
    let body = body.into();
    let url = listen(Router::new().fallback(async move || (status, headers.clone(), body.clone()).into_response())).await;
    WechatGateway::new(settings(&url)).unwrap()
}

/// The same, signed by WeChat Pay just now.
async fn before_wechat(status: StatusCode, body: &Value) -> WechatGateway {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    before(status, signed(body.as_bytes(), &WECHAT_KEY, SERIAL, 0), body).await
}

fn not_exist() -> Value {
    json!({ "code": "ORDER_NOT_EXIST", "message": "订单不存在" })
}

fn paid() -> Value {
    json!({
        "appid": APPID, "mchid": MCHID, "out_trade_no": "P1", "transaction_id": "T1", "trade_state": "SUCCESS",
        "success_time": "2026-11-22T10:00:00+08:00", "amount": { "total": 100, "currency": "CNY" },
    })
}

fn refund(field: &str, value: Value) -> Value {
    let mut paper = json!({
        "refund_id": "50", "out_refund_no": "R1", "out_trade_no": "P1", "status": "SUCCESS", "create_time": "2026-11-22T10:00:00+08:00",
        "amount": { "total": 1_000, "refund": 400, "currency": "CNY" },
    });
    paper[field] = value;
    paper
}

#[tokio::test]
async fn the_gateways_own_word_counts() {
    let gateway = before_wechat(StatusCode::NOT_FOUND, &not_exist()).await;
    assert_eq!(gateway.query("P1").await.unwrap(), PaymentOutcome::NotFound);
    for state in ["SUCCESS", "REFUND"] {
        let mut paper = paid();
        paper["trade_state"] = json!(state);
        let gateway = before_wechat(StatusCode::OK, &paper).await;
        assert!(matches!(gateway.query("P1").await.unwrap(), PaymentOutcome::Paid(receipt) if receipt.amount == 100));
    }
    for (state, outcome) in
        [("USERPAYING", PaymentOutcome::Pending), ("PAYERROR", PaymentOutcome::Pending), ("REVOKED", PaymentOutcome::Closed)]
    {
        let paper = json!({ "out_trade_no": "P1", "trade_state": state });
        assert_eq!(before_wechat(StatusCode::OK, &paper).await.query("P1").await.unwrap(), outcome);
    }
}

/// "No such order" must not come from a proxy in between: a refund would be sent again, an order closed.
#[tokio::test]
async fn nobody_elses_does() {
    let stranger = PrivateKey::generate().unwrap();
    let (none, paid) = (not_exist().to_string(), paid().to_string());
    let cheaper = paid.replace("100", "900");
    let huge = format!("\"{}\"", "茶".repeat(700_000));
    for (status, headers, body) in [
        (StatusCode::NOT_FOUND, HeaderMap::new(), none.as_str()),
        (StatusCode::OK, HeaderMap::new(), &paid),
        (StatusCode::NOT_FOUND, signed(none.as_bytes(), &stranger, SERIAL, 0), &none),
        (StatusCode::OK, signed(paid.as_bytes(), &SHOP_KEY, SERIAL, 0), &paid),
        (StatusCode::OK, signed(paid.as_bytes(), &WECHAT_KEY, "0000", 0), &paid),
        (StatusCode::OK, signed(paid.as_bytes(), &WECHAT_KEY, SERIAL, 310), &paid),
        (StatusCode::OK, signed(paid.as_bytes(), &WECHAT_KEY, SERIAL, -310), &paid),
        (StatusCode::OK, signed(paid.as_bytes(), &WECHAT_KEY, SERIAL, 0), &cheaper),
        (StatusCode::OK, signed(paid.as_bytes(), &WECHAT_KEY, SERIAL, 0), &paid[..paid.len() - 1]),
        (StatusCode::OK, signed(b"<html>", &WECHAT_KEY, SERIAL, 0), "<html>"),
        (StatusCode::NOT_FOUND, signed(b"", &WECHAT_KEY, SERIAL, 0), ""),
        (StatusCode::OK, HeaderMap::new(), "<!DOCTYPE html><title>请登录</title>"),
        (StatusCode::BAD_GATEWAY, HeaderMap::new(), "<h1>502</h1>"),
        (StatusCode::FOUND, HeaderMap::new(), ""),
        (StatusCode::OK, signed(b"null", &WECHAT_KEY, SERIAL, 0), "null"),
        (StatusCode::OK, signed(huge.as_bytes(), &WECHAT_KEY, SERIAL, 0), &huge),
    ] {
        let error = before(status, headers, body).await.query("P1").await.unwrap_err();
        let short: String = body.chars().take(80).collect();
        assert!(matches!(error, GatewayError::Unknown(_) | GatewayError::BadSignature(_)), "{status} {short}: {error}");
        assert_eq!(error.remedy(), Remedy::QueryFirst);
    }
}

#[tokio::test]
async fn an_answer_about_something_else_is_none() {
    for (field, value) in
        [("out_trade_no", "P2"), ("mchid", "1900000001"), ("appid", "wx0"), ("trade_state", "STOLEN"), ("success_time", "")]
    {
        let mut paper = paid();
        paper[field] = json!(value);
        let told = before_wechat(StatusCode::OK, &paper).await.query("P1").await;
        assert!(matches!(told, Err(GatewayError::Unknown(_))), "{field}: {told:?}");
    }
    let asks = async |paper: &Value| before_wechat(StatusCode::OK, paper).await.query_refund("P1", "R1").await;
    assert_eq!(asks(&refund("status", json!("SUCCESS"))).await.unwrap().unwrap().status, RefundOutcome::Succeeded);
    for (field, value) in [("out_refund_no", "R2"), ("out_trade_no", "P2"), ("status", "STOLEN"), ("create_time", "")] {
        let told = asks(&refund(field, json!(value))).await;
        assert!(matches!(told, Err(GatewayError::Unknown(_))), "{field}: {told:?}");
    }
    let town = Town::start().await;
    for paper in [refund("amount", json!({ "total": 1_000, "refund": 399 })), refund("out_trade_no", json!("P2"))] {
        let gateway = before_wechat(StatusCode::OK, &paper).await;
        let told = gateway.refund(&town.refund_order("R1", "P1", 400)).await;
        assert!(matches!(told, Err(GatewayError::Unknown(_))), "{told:?}");
    }
    let told = before_wechat(StatusCode::OK, &json!({})).await.pay(&town.order("P1", 100)).await;
    assert!(matches!(told, Err(GatewayError::Unknown(_))), "{told:?}");
}

#[tokio::test]
async fn wrong_keys_and_names_are_told_apart() {
    let town = Town::start().await;
    town.page(&town.order("P00001", 100)).await;
    let asks = async |settings: WechatSettings| WechatGateway::new(settings).unwrap().query("P00001").await.unwrap_err();
    let stranger = PrivateKey::generate().unwrap();

    for settings in [
        WechatSettings { key: stranger.clone(), ..town.settings() },
        WechatSettings { serial: "5157".to_owned(), ..town.settings() },
        WechatSettings { mchid: "1900000001".to_owned(), ..town.settings() },
    ] {
        let own = asks(settings).await;
        assert!(matches!(&own, GatewayError::Refused(refusal) if refusal.code == "SIGN_ERROR"), "{own}");
        assert_eq!(own.remedy(), Remedy::ByHand);
    }
    for (platform, fault) in [
        (PlatformKeys::default().with(SERIAL, stranger.public().unwrap()), SignatureFault::Forged),
        (PlatformKeys::default().with("0000", WECHAT_KEY.public().unwrap()), SignatureFault::UnknownKey),
        (PlatformKeys::default(), SignatureFault::UnknownKey),
    ] {
        let theirs = asks(WechatSettings { platform, ..town.settings() }).await;
        assert!(matches!(theirs, GatewayError::BadSignature(found) if found == fault), "{theirs}");
    }
    let app = WechatGateway::new(WechatSettings { appid: "wx0000000000000000".to_owned(), ..town.settings() }).unwrap();
    let refused = app.pay(&town.order("P00002", 100)).await.unwrap_err();
    assert!(matches!(&refused, GatewayError::Refused(refusal) if refusal.code == "APPID_MCHID_NOT_MATCH"), "{refused}");

    let nobody = asks(settings("http://127.0.0.1:1")).await;
    assert!(matches!(nobody, GatewayError::Down(_)), "{nobody}");
    assert!(ApiV3Key::new("short").is_none());
}
