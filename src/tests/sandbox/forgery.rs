use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use guitu::sandbox::{Sandbox, SandboxConfig, SandboxError};
use guitu::server::payments::signing::{Signer, Subject};
use guitu::server::payments::{Gateway, GatewayError, PaymentOutcome, Remedy, SignatureFault};

use super::support::{KEY, Town, gateway};

#[tokio::test]
async fn a_stranger_without_the_key_changes_nothing() {
    let town = Town::start().await;
    let stranger = gateway(&town.sandbox.base_url, b"another key");
    let refused = stranger.pay(&town.order("P1", 100)).await.unwrap_err();
    assert_eq!(refused.remedy(), Remedy::QueryFirst);
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::NotFound);
}

#[tokio::test]
async fn nothing_listens_so_nothing_was_sent() {
    let town = Town::start().await;
    let nobody = gateway("http://127.0.0.1:1", KEY);
    let down = nobody.refund(&town.refund_order("R1", "P1", 1, 1)).await.unwrap_err();
    assert!(matches!(down, GatewayError::Down(_)), "{down}");
    assert_eq!(down.remedy(), Remedy::RetryUnchanged);
}

/// A proxy in between answers 404: that must not read as "no such refund, send it again".
#[tokio::test]
async fn only_the_gateways_own_word_counts() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = r#"{"code":"RESOURCE_NOT_EXISTS","message":""}"#;
    let proxy = Router::new().fallback(async move || (StatusCode::NOT_FOUND, body));
    tokio::spawn(async move { axum::serve(listener, proxy).await.unwrap() });

    let error = gateway(&url, KEY).query_refund("P1", "R1").await.unwrap_err();
    assert!(matches!(error, GatewayError::Unknown(_)), "{error}");
}

/// Signed by the gateway, but for another question.
#[tokio::test]
async fn an_answer_that_was_recorded_is_not_believed() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = br#"{"code":"RESOURCE_NOT_EXISTS","message":""}"#;
    let subject = Subject { method: "404", path: "/v1/refunds/R1" };
    let recorded = Signer::new("demo", KEY).unwrap().headers(subject, "an earlier nonce", body).unwrap();
    let replay = Router::new().fallback(async move || (StatusCode::NOT_FOUND, recorded, body));
    tokio::spawn(async move { axum::serve(listener, replay).await.unwrap() });

    let error = gateway(&url, KEY).query_refund("P1", "R1").await.unwrap_err();
    assert!(matches!(error, GatewayError::BadSignature(SignatureFault::WrongNonce)), "{error}");
    assert_eq!(error.remedy(), Remedy::QueryFirst);
}

#[tokio::test]
async fn forged_notices_are_not_believed() {
    let gateway = gateway("http://127.0.0.1:1", KEY);
    let body = br#"{"event":"paid","resource":{"payment_no":"P1","status":"paid","amount":1,"currency":"CNY","trade_no":"T","paid_at":1}}"#;
    let hand = Signer::new("demo", KEY).unwrap();
    let signed = hand.headers(Subject::NOTICE, "n", body).unwrap();
    gateway.verify(&signed, body).unwrap();

    let bad = |headers: &HeaderMap, body: &[u8]| matches!(gateway.verify(headers, body), Err(GatewayError::BadSignature(_)));
    assert!(bad(&HeaderMap::new(), body));
    assert!(bad(&signed, &body[1..]));
    assert!(bad(&signed, b""));
    let mut old = signed.clone();
    old.insert("guitu-timestamp", HeaderValue::from_static("1764000000"));
    assert!(bad(&old, body));
    let answer = hand.headers(Subject { method: "200", path: "/" }, "n", body).unwrap();
    assert!(bad(&answer, body));

    let pending =
        br#"{"event":"paid","resource":{"payment_no":"P1","status":"pending","amount":1,"currency":"CNY","trade_no":null,"paid_at":null}}"#;
    let signed = hand.headers(Subject::NOTICE, "n", pending).unwrap();
    assert!(gateway.verify(&signed, pending).is_err());
}

#[tokio::test]
async fn the_sandbox_never_listens_to_the_world() {
    let town = Town::start().await;
    let listen = "0.0.0.0:0".parse().unwrap();
    let config = SandboxConfig::new(listen, "sqlite::memory:", "demo", KEY, "http://127.0.0.1", town.clock.clone());
    assert!(matches!(Sandbox::start(config).await, Err(SandboxError::NotLoopback(_))));
}
